-- Every coding event belongs to an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per encounter with coding events and no encounter row
select encounter_id
from core.coding_milestone
where encounter_id not in (select encounter_id from core.encounter)
