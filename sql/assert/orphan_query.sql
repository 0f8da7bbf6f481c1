-- Every query is about an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per query without its encounter
select query_id
from core.query
where is_orphan
