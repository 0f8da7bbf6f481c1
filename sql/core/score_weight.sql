-- One row per weight of a part of an audit in the weighted score, from the workspace's configuration.
--
-- Key     facility_id, part, valid_from
-- Counts  weight_e4 in ten-thousandths; no facility: every facility that has no weight of its own for the part; no day:
--         without a bound. valid_to is the first
--         day it no longer holds
select
  facility_id,
  part,
  weight_e4,
  valid_from,
  valid_to
from staging.score_weight
