-- One row per ICD-10-CM code of coded records: on how many lines it stands.
--
-- Key     code
-- Counts  lines of final and billed codes
select code, count(*) as line_count
from core.encounter_code
where code_set = 'ICD10CM' and stage in ('final', 'billed')
group by code
