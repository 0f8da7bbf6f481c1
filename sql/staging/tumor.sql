-- One row per tumor abstract: every NAACCR item under its XML id as abstracted, and the dates we count by.
--
-- Dates may be partial in a registry: one without a day is placed on the first of its month, one without a month on the
-- first of January, and is flagged.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  facility_id is the item reportingFacility where the source names no other
--         age_at_diagnosis: whole years; 999, not known, is null
select
  * exclude (batch_id, record) replace (coalesce(facility_id, reportingFacility) as facility_id),
  registry_date(dateOfDiagnosis) as diagnosis_date,
  length(trim(dateOfDiagnosis)) < 8 as is_diagnosis_date_partial,
  registry_date(dateOf1stContact) as first_contact_date,
  length(trim(dateOf1stContact)) < 8 as is_first_contact_date_partial,
  registry_date(coalesce(dateCaseCompletedCoc, dateCaseCompleted)) as completed_date,
  registry_date(dateTumorRecordAvailbl) as available_date,
  registry_date(dateCaseReportReceived) as received_date,
  registry_date(dateOfBirth) as birth_date,
  registry_date(dateOfLastContact) as last_contact_date,
  nullif(try_cast(ageAtDiagnosis as integer), 999) as age_at_diagnosis,
  registry_date(greatest(
    dateOf1stContact,
    dateCaseInitiated,
    dateCaseCompleted,
    dateCaseCompletedCoc,
    dateCaseLastChanged,
    dateCaseReportExported
  )) as last_process_date
from raw.tumor
