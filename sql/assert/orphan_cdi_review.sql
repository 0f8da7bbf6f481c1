-- Every CDI review is of an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per review without its encounter; it counts nowhere
select encounter_id
from core.cdi_review
where encounter_id not in (select encounter_id from core.encounter)
