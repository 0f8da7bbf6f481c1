-- One row per setting of the workspace's configuration that changes how a measure counts.
--
-- Key  name
select
  name,
  lower(trim(value)) as value
from raw.metric_setting
