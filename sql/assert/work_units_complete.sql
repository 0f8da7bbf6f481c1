-- Where work units are configured, every class that is coded has one.
--
-- Severity  warn
-- Examines  core.work_unit
-- Counts    one row per coder's month with a class without units; it is left out of productivity in units
select coder_id
from mart.coder_month
where unit_hours is null and exists (select 1 from core.work_unit)
