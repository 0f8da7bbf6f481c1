-- The diagnoses of a record are numbered from 1 without a gap.
--
-- Severity  warn
-- Counts    one row per coded record whose ICD-10-CM codes are not
select encounter_id
from core.reported_code
where code_set = 'ICD10CM'
group by encounter_id
having max(seq) <> count(*) or min(seq) <> 1
