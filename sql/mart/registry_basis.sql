-- One row per thing that figures of a registry stand on: what to print beneath them.
--
-- Key     basis, name
-- Counts  basis: naaccr_version (of the abstracts), site_recode, standard_population, population, life_table, cutoff or
--         expected_cases (by who told them)
--         first_year and last_year: of the configured table, null where it has no years; row_count: its rows, or abstracts
--         What is not configured has no row, and the figures that need it are not known
select
  'naaccr_version' as basis,
  coalesce(naaccrRecordVersion, 'not told') as name,
  cast(null as integer) as first_year,
  cast(null as integer) as last_year,
  count(*) as row_count
from core.tumor
group by coalesce(naaccrRecordVersion, 'not told')
union all
select
  'site_recode',
  'SEER site recode ' || scheme,
  cast(null as integer),
  cast(null as integer),
  count(*)
from core.site_recode_row
group by scheme
union all
select 'standard_population', standard, cast(null as integer), cast(null as integer), count(*)
from core.standard_population
group by standard
union all
select 'population', coalesce(state, 'all'), min(year), max(year), count(*)
from core.population
group by coalesce(state, 'all')
union all
select 'life_table', race, min(year), max(year), count(*)
from core.life_table
group by race
union all
select 'cutoff', cast(cutoff_date as varchar), cast(null as integer), cast(null as integer), 1
from core.survival_cutoff
where cutoff_date is not null
union all
select 'expected_cases', coalesce(source, 'source not told'), min(year), max(year), count(*)
from core.expected_cases
group by coalesce(source, 'source not told')
