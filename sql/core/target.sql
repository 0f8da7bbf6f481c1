-- One row per target of the workspace's configuration.
--
-- Key     metric_id, scope, valid_from
-- Counts  scope: the facility it is for; null is all of them
--         direction: at_least or at_most, the side that meets it; null is the metric's better side
--         policy_window: full periods it is judged over, such as 4 quarters (null), ending with the last complete one
--         valid_from is the first day it holds, valid_to the first it no longer holds; null is without end
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
from staging.target
