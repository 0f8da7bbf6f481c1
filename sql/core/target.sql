-- One row per target of the workspace's configuration.
--
-- Key  metric_id, scope, valid_from
select
  metric_id,
  scope,
  value,
  direction,
  label,
  citation,
  valid_from,
  valid_to
from staging.target
