-- No header or category code is reported.
--
-- Severity  warn
-- Counts    one row per code that stood in its table on that day, but as a header
select encounter_id
from core.reported_code
where is_listed and not is_billable
