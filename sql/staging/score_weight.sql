-- One row per weight of a part of an audit in the weighted score, from the workspace's configuration.
--
-- Key     facility_id, part, valid_from
-- Counts  weight in ten-thousandths, so that sums are exact
select
  facility_id,
  part,
  cast(round(weight * 10000) as bigint) as weight_e4,
  valid_from,
  valid_to
from raw.score_weight
