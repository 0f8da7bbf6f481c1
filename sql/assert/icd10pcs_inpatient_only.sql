-- ICD-10-PCS is for inpatients alone.
--
-- Severity  warn
-- Counts    one row per PCS code of another patient
select encounter_id
from core.reported_code
where code_set = 'ICD10PCS' and patient_class <> 'inpatient'
