-- One row per standard population and age group, with its people: what age-adjusted rates are weighted by.
--
-- Key     standard, age_from
-- Counts  ages in completed years, both inclusive; age_to is null for the open last group
-- Source  `standard_population` of `code_tables`; SEER's lists: seer.cancer.gov/stdpopulations
select
  standard,
  age_from,
  age_to,
  people
from staging.standard_population
