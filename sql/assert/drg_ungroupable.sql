-- No final MS-DRG is 998 (principal diagnosis invalid) or 999 (ungroupable).
--
-- Severity  warn
-- Counts    one row per inpatient whose final or billed DRG is
select distinct encounter_id
from core.ms_drg_assignment
where stage in ('final', 'billed') and is_ungroupable
