-- One row per sex, race, calendar year and year of age of the configured life table.
--
-- Key  sex, race, year, age
select
  sex,
  race,
  year,
  age,
  survival
from raw.life_table
