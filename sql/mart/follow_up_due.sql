-- One row per facility and patient whose yearly follow-up is due and not made: the list to call, write and look up.
--
-- Key       facility_id, patient_key
-- Counts    follow_up_state: due (twelve months since last contact, up to fifteen) or delinquent (longer)
--           last_contact_date and due_date: of the abstract of the patient with the latest contact; never_followed: no
--           contact is told, and the year runs from first contact
--           site_code, class_of_case, accession_number and diagnosis_date: of the tumor diagnosed first
-- Excludes  the dead, and abstracts that are not followed (see core.follow_up_case)
-- Ties      of tumors diagnosed on one day the first in order of record and sequence number, then of site
with placed as (
  select
    facility_id,
    patient_key,
    accessionNumberHosp,
    site_code,
    class_of_case,
    diagnosis_date,
    last_contact_date,
    due_date,
    delinquent_date,
    as_of_date,
    row_number() over (
      partition by facility_id, patient_key
      order by diagnosis_date nulls last, tumorRecordNumber, sequenceNumberHospital, primarySite
    ) as place,
    max(last_contact_date) over whole as latest_contact_date,
    max(due_date) over whole as latest_due_date,
    max(delinquent_date) over whole as latest_delinquent_date,
    max(case when is_dead then 1 else 0 end) over whole as death_count
  from core.follow_up_case
  window whole as (partition by facility_id, patient_key)
)
select
  facility_id,
  patient_key,
  accessionNumberHosp as accession_number,
  site_code,
  class_of_case,
  diagnosis_date,
  latest_contact_date as last_contact_date,
  latest_due_date as due_date,
  case when as_of_date >= latest_delinquent_date then 'delinquent' else 'due' end as follow_up_state,
  latest_contact_date is null as never_followed
from placed
where place = 1 and death_count = 0 and as_of_date >= latest_due_date
