-- One row per blended rate of the workspace's configuration: dollars that a DRG weight of 1 is worth.
--
-- Key  facility_id, valid_from
select
  facility_id,
  cast(dollars as decimal(18, 2)) as dollars,
  valid_from,
  valid_to
from raw.blended_rate
