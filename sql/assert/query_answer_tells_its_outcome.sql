-- Every answered query tells how it was answered.
--
-- Severity  warn
-- Counts    one row per answer without an outcome; it is left out of the agreement rates
select query_id
from core.query
where is_counted and is_answered and is_agreed is null
