-- One row per MS-DRG of one version of the configured code tables.
--
-- Key  drg_code, drg_version
select
  trim(drg_code) as drg_code,
  drg_version_number(version) as drg_version,
  valid_from,
  valid_to,
  relative_weight,
  gmlos,
  amlos,
  mdc,
  drg_type,
  title,
  split,
  base_drg
from raw.ms_drg
