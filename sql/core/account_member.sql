-- One row per encounter, and the hospital account it belongs to.
--
-- Key     encounter_id
-- Apart   encounter_id
-- Links   account_id
-- Counts  account_id is that of the encounter, else the encounter's own id
select encounter_id, coalesce(account_id, encounter_id) as account_id
from core.encounter
