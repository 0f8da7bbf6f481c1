-- A coded inpatient record has one principal diagnosis.
--
-- Severity  warn
-- Counts    one row per coded inpatient record with diagnoses and none of them first, or with first ones of two code sets
select encounter_id
from core.reported_code
where patient_class = 'inpatient' and code_set in ('ICD10CM', 'ICD9CM')
group by encounter_id
having sum(case when seq = 1 then 1 else 0 end) <> 1
