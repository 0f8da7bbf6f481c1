-- Every denial is of an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per denial without its encounter; it is left out of the initial denial rate
select denial_id
from core.denial
where is_orphan
