-- One row per group of people that rates are by: year, place, race, origin, sex and ages.
--
-- Key     year, state, county, race, origin, sex, age_from
-- Counts  what the configured table does not tell apart is null
select
  year,
  state,
  county,
  race,
  origin,
  sex,
  age_from,
  age_to,
  cast(people as double) as people
from raw.population
