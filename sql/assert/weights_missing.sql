-- Every final MS-DRG has the relative weight of its version: sent with it, or in the configured table of the same version.
--
-- Severity  warn
-- Counts    one row per final or billed DRG without, ungroupable ones (998, 999) apart; such records are in no case mix index
select encounter_id
from core.ms_drg_assignment
where stage in ('final', 'billed') and relative_weight is null and not is_ungroupable
