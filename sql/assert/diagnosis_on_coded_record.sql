-- A coded record has a diagnosis, at facilities that send any.
--
-- Severity  warn
-- Counts    one row per coded record without
select encounter_id
from mart.coded_record
where dx_record_count = 1 and dx_count = 0
