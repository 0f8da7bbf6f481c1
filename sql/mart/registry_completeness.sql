-- One row per year of diagnosis, county and site for which cases are expected, with those observed.
--
-- Key       year, county, site
-- Counts    observed: malignant cases and in situ of the urinary bladder; not less those told twice
--           expected: as `registry.expected_cases` has it; a county's cases are those of its code at diagnosis, a site's those
--           of its category of ICD-O-3
--           level, is_of_year: see core.expected_cases
-- Source    NAACCR, completeness of case ascertainment: observed ÷ expected
with observed as (
  select
    diagnosis_year as year,
    coalesce(county_code, '') as county,
    coalesce(site_code, '') as site,
    sum(case_count) as case_count
  from mart.registry_quality
  group by diagnosis_year, coalesce(county_code, ''), coalesce(site_code, '')
),
every_level as (
  select year, 0 as level, '' as county, '' as site, sum(case_count) as case_count
  from observed
  group by year
  union all
  select year, 1, county, '', sum(case_count)
  from observed
  group by year, county
  union all
  select year, 2, '', site, sum(case_count)
  from observed
  group by year, site
  union all
  select year, 3, county, site, case_count
  from observed
)
select
  expected.year,
  expected.county,
  expected.site,
  expected.level,
  expected.is_of_year,
  cast(coalesce(found.case_count, 0) as bigint) as observed,
  cast(expected.expected as decimal(18, 4)) as expected,
  expected.source
from core.expected_cases as expected
left join every_level as found
  on found.year = cast(expected.year as varchar)
  and found.level = expected.level
  and found.county = coalesce(expected.county, '')
  and found.site = coalesce(expected.site, '')
