-- One row per blended rate of the workspace's configuration: dollars that a DRG weight of 1 is worth.
--
-- Key     facility_id, valid_from
-- Counts  no facility: every facility that has no rate of its own; no day: without a bound. valid_to is the first
--         day it no longer holds
select
  facility_id,
  dollars,
  valid_from,
  valid_to
from staging.blended_rate
