-- One row per standard population and age group.
--
-- Key  standard, age_from
select
  trim(standard) as standard,
  age_from,
  age_to,
  cast(people as double) as people
from raw.standard_population
