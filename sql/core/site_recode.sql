-- One row per kind of tumor there is (site, histology, behavior, year of diagnosis) and configured SEER site recode, with
-- the row of the recode that fits it first.
--
-- Key       scheme, primarySite, histologicTypeIcdO3, behavior, diagnosis_year
-- Counts    behavior is '' and diagnosis_year 0 where they are not known
-- Excludes  tumors without site or histology; for 2023 also those without behavior or year; those that no row fits
-- Ties      the first row of the table that fits counts, as the table says
-- Source    seer.cancer.gov/siterecode
with kind as (
  select
    primarySite,
    histologicTypeIcdO3,
    coalesce(behaviorCodeIcdO3, '') as behavior,
    coalesce(diagnosis_year, 0) as diagnosis_year
  from staging.tumor_value
  where primarySite is not null and histologicTypeIcdO3 is not null
  group by primarySite, histologicTypeIcdO3, coalesce(behaviorCodeIcdO3, ''), coalesce(diagnosis_year, 0)
),
site as (
  select primarySite
  from kind
  group by primarySite
),
histology as (
  select histologicTypeIcdO3
  from kind
  group by histologicTypeIcdO3
),
site_named as (
  select scheme, place, primarySite
  from site
  inner join staging.site_recode as span on primarySite between low and high
  where axis = 'site'
  group by scheme, place, primarySite
),
histology_named as (
  select scheme, place, histologicTypeIcdO3
  from histology
  inner join staging.site_recode as span on histologicTypeIcdO3 between low and high
  where axis = 'histology'
  group by scheme, place, histologicTypeIcdO3
),
site_fit as (
  select rule.scheme, rule.place, site.primarySite
  from core.site_recode_row as rule
  cross join site
  left join site_named as named
    on named.scheme = rule.scheme and named.place = rule.place and named.primarySite = site.primarySite
  where
    site_side is null
    or site_side = 'in' and named.place is not null
    or site_side = 'out' and named.place is null
),
histology_fit as (
  select rule.scheme, rule.place, histology.histologicTypeIcdO3, behaviors, year_from, year_to
  from core.site_recode_row as rule
  cross join histology
  left join histology_named as named
    on named.scheme = rule.scheme
    and named.place = rule.place
    and named.histologicTypeIcdO3 = histology.histologicTypeIcdO3
  where
    histology_side is null
    or histology_side = 'in' and named.place is not null
    or histology_side = 'out' and named.place is null
),
first_fit as (
  select
    site_fit.scheme,
    kind.primarySite,
    kind.histologicTypeIcdO3,
    kind.behavior,
    kind.diagnosis_year,
    min(site_fit.place) as place
  from kind
  inner join site_fit on site_fit.primarySite = kind.primarySite
  inner join histology_fit
    on histology_fit.scheme = site_fit.scheme
    and histology_fit.place = site_fit.place
    and histology_fit.histologicTypeIcdO3 = kind.histologicTypeIcdO3
  where
    (site_fit.scheme = '2008' or behavior <> '' and diagnosis_year > 0)
    and (behaviors is null or ',' || behaviors || ',' like '%,' || behavior || ',%')
    and (year_from is null or diagnosis_year >= year_from)
    and (year_to is null or diagnosis_year <= year_to)
  group by site_fit.scheme, kind.primarySite, kind.histologicTypeIcdO3, kind.behavior, kind.diagnosis_year
)
select
  scheme,
  primarySite,
  histologicTypeIcdO3,
  behavior,
  diagnosis_year,
  place,
  recode,
  label
from first_fit
inner join core.site_recode_row using (scheme, place)
