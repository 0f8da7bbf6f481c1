-- The denominators of a year tell all of its people in one way: by county or not, by race or not, by origin or not.
--
-- Examines  core.population
-- Counts    one row per year told in two ways, whose people would be counted twice
with way as (
  select
    year,
    case when state is null then 0 else 1 end as by_state,
    case when county is null then 0 else 1 end as by_county,
    case when race is null then 0 else 1 end as by_race,
    case when origin is null then 0 else 1 end as by_origin
  from core.population
)
select year
from way
group by year
having
  min(by_state) < max(by_state)
  or min(by_county) < max(by_county)
  or min(by_race) < max(by_race)
  or min(by_origin) < max(by_origin)
