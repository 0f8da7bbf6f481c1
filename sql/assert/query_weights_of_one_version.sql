-- The weights before and after a query are of one grouper version.
--
-- Severity  warn
-- Counts    one row per answered query with both weights whose record has DRGs of several versions; it is left out of the weight
--           change
select query_id
from core.query
where is_counted and is_answered and weight_before is not null and weight_after is not null and weight_change is null
