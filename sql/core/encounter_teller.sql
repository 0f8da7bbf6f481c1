-- One row per source of encounters: what it tells of any of them.
--
-- Key  source_id
select
  source_id,
  patient_count > 0 as sends_patient,
  facility_count > 0 as sends_facility,
  class_count > 0 as sends_class,
  admission_count > 0 as sends_admission,
  disposition_count > 0 as sends_disposition,
  sex_count > 0 as sends_sex,
  age_count > 0 as sends_age
from core.encounter_feed
