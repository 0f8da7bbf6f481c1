-- Times are told with their hours: at most a fifth stand at exactly midnight.
--
-- Severity  warn
-- Counts    one row per extract and facility whose times mostly are days; measures in hours compare whole days there
select extract
from core.feed_precision
where is_day_only
