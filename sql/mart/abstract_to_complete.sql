-- One row per case accessioned and not completed on the last day told of: the abstracts to complete.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  due_date: six months from first contact, by when an analytic case is to be abstracted; null for the others
--         case_age: as in mart.abstract_backlog
--         is_late: analytic, and the last day told of is past due_date
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  accessionNumberHosp as accession_number,
  sequenceNumberHospital as sequence_number,
  site_code,
  class_of_case,
  analytic,
  clock_date as first_contact_date,
  opened_date,
  case when analytic = 'analytic' then add_months(clock_date, 6) end as due_date,
  case
    when as_of_date <= add_months(clock_date, 3) then '0-3'
    when as_of_date <= add_months(clock_date, 6) then '3-6'
    when as_of_date <= add_months(clock_date, 12) then '6-12'
    else '12+'
  end as case_age,
  analytic = 'analytic' and as_of_date > add_months(clock_date, 6) as is_late
from core.open_abstract
where opened_date <= as_of_date and (completed_date is null or as_of_date < completed_date)
