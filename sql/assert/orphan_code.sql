-- Every code belongs to an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per code without its encounter
select encounter_id
from core.encounter_code
where encounter_id not in (select encounter_id from core.encounter)
