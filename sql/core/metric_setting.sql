-- One row per setting of the workspace's configuration that changes how a measure counts.
--
-- Key  name
select
  name,
  value,
  whole_number
from staging.metric_setting
