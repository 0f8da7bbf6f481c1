-- One row per tumor abstract and what is known of when it was begun and completed: the clock of the abstracting backlog.
--
-- Key       facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind      view
-- Counts    opened_date: the case was accessioned (date case initiated), else its first contact
--           clock_date: first contact, from which the age of the backlog is counted, else opened_date
--           as_of_date: the last day the source tells of
-- Excludes  abstracts with neither date; sources that never tell a date of completion
with sent as (
  select source_id
  from core.tumor
  group by source_id
  having count(completed_date) > 0
),
dated as (
  select
    tumor.source_id,
    facility_id,
    patient_key,
    tumorRecordNumber,
    sequenceNumberHospital,
    primarySite,
    accessionNumberHosp,
    site_code,
    classOfCase as class_of_case,
    case when is_analytic then 'analytic' else 'nonanalytic' end as analytic,
    first_contact_date,
    registry_date(dateCaseInitiated) as initiated_date,
    completed_date,
    as_of_date
  from core.tumor
  inner join sent on sent.source_id = tumor.source_id
  inner join core.registry_as_of as registry on registry.source_id = tumor.source_id
)
select
  source_id,
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  accessionNumberHosp,
  site_code,
  class_of_case,
  analytic,
  coalesce(initiated_date, first_contact_date) as opened_date,
  coalesce(first_contact_date, initiated_date) as clock_date,
  completed_date,
  as_of_date
from dated
where coalesce(initiated_date, first_contact_date) is not null
