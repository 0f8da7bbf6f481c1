-- One row per group of people that rates are by: year, place, race, origin, sex and ages.
--
-- Key     year, state, county, race, origin, sex, age_from
-- Counts  people at the middle of the year, taken as that year's person-years; what the table does not tell apart is null
-- Source  `population` of `code_tables`; SEER's: seer.cancer.gov/popdata
select
  year,
  state,
  county,
  race,
  origin,
  sex,
  age_from,
  age_to,
  people
from staging.population
