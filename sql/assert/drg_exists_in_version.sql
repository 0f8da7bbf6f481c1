-- Every final MS-DRG is one of its version.
--
-- Severity  warn
-- Counts    one row per final or billed DRG that the configured table of its version does not have
select encounter_id
from core.ms_drg_assignment
where
  stage in ('final', 'billed')
  and drg_version in (select drg_version from core.ms_drg)
  and (drg_code, drg_version) not in (select (drg_code, drg_version) from core.ms_drg)
