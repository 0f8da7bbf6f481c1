-- One row per year of diagnosis, county and site for which cases are expected, and whether the year is judged by it.
--
-- Key     year, county, site
-- Counts  county and site are null where the row is of all of them
--         level: 0 the whole registry, 1 a county, 2 a site, 3 a site of a county
--         is_of_year: the year is judged by rows of its lowest level, so that no case is expected twice
-- Source  `registry.expected_cases`
with leveled as (
  select
    year,
    county,
    site,
    expected,
    source,
    case when county is null then 0 else 1 end + case when site is null then 0 else 2 end as level
  from staging.expected_cases
)
select
  *,
  level = min(level) over (partition by year) as is_of_year
from leveled
