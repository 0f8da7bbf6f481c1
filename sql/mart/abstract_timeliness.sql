-- One row per analytic case that is abstracted or whose time is up: was it in time, six months from first contact?
--
-- Key       facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts    in_time_count: 1 when completed no later than six calendar months after first contact, else 0
--           known_date: from when that stands: the day it was completed, or the day after its time was up
--           case_count is 1; a case not completed counts as late once it is older than six months
-- Excludes  cases not analytic (class of case above 22 or not known); cases younger than six months and not completed;
--           first contact without a full date
-- Source    Commission on Cancer, Standard 5.2 of 2016: 90 % within six months of first contact
with clocked as (
  select tumor.*, as_of_date, add_months(first_contact_date, 6) as due_date
  from core.tumor
  left join core.registry_as_of as registry on registry.source_id = tumor.source_id
  where is_analytic and first_contact_date is not null and not is_first_contact_date_partial
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  site_code,
  classOfCase as class_of_case,
  summary_stage,
  behaviorCodeIcdO3 as behavior,
  first_contact_date,
  completed_date,
  earlier_of(completed_date, add_days(due_date, 1)) as known_date,
  case when completed_date <= due_date then 1 else 0 end as in_time_count,
  1 as case_count
from clocked
where completed_date is not null or due_date < as_of_date
