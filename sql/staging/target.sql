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
  policy_window,
  valid_from,
  valid_to
from raw.target
