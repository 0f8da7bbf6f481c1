-- One row per sex, race, calendar year and year of age, with the annual probability of survival in the population.
--
-- Key     sex, race, year, age
-- Counts  race is all where the table does not tell races apart; years it does not have are the business of whoever uses it
-- Source  `life_table` of `code_tables`
select
  sex,
  race,
  year,
  age,
  survival
from staging.life_table
