-- Every deficiency belongs to an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per deficiency without its encounter
select deficiency_id
from core.deficiency
where is_orphan
