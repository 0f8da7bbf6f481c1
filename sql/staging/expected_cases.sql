-- One row per year of diagnosis, county and site for which cases are expected.
--
-- Key     year, county, site
-- Counts  county and site are null where the row is of all of them
select
  year,
  county,
  site,
  expected,
  source
from raw.expected_cases
