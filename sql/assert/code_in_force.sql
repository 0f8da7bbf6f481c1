-- Every ICD-10 code stood in its code table on the day of discharge (inpatients) or service.
--
-- Severity  warn
-- Counts    one row per code that did not, of days the configured tables speak of
select encounter_id
from core.reported_code
where is_examined and not is_listed
