-- One row per group of a configured SEER site recode, with its name.
--
-- Key     scheme, recode
-- Ties    a group of several rows has the name of the first
with first_row as (
  select scheme, recode, min(place) as place
  from core.site_recode_row
  group by scheme, recode
)
select
  scheme,
  recode,
  label
from first_row
inner join core.site_recode_row using (scheme, recode, place)
