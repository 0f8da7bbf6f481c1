-- One row per setting of the workspace's configuration that changes how a measure counts.
--
-- Key  name
select
  name,
  lower(trim(value)) as value,
  try_cast(trim(value) as bigint) as whole_number
from raw.metric_setting
