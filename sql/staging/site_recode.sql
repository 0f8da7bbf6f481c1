-- One row per row of a configured SEER site recode and span of sites or histologies it names.
--
-- Key     scheme, place, axis, low
-- Counts  axis is none where a row names neither
select
  scheme,
  place,
  recode,
  label,
  behaviors,
  year_from,
  year_to,
  axis,
  side,
  coalesce(low, '') as low,
  coalesce(high, '') as high
from raw.site_recode
