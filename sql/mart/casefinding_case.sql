-- One row per discharged encounter with a code that casefinding looks for, whose patient has no abstract: the suspense list.
--
-- Key       encounter_id
-- Kind      view
-- Counts    patient_count: 1 on the first of a patient's encounters, else 0
--           An abstract of the patient clears all of the patient's encounters, whatever the site: a second primary is not
--           found this way
-- Excludes  facilities of which no abstracts arrive; codes not final: see mart.casefinding_encounter
select
  encounter_id,
  patient_key,
  facility_id,
  service_line,
  patient_class,
  discharge_date,
  code,
  label,
  screening,
  patient_count
from mart.casefinding_encounter
where not is_abstracted
