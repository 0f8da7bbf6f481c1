-- One row per year of diagnosis and criterion of a standard: how many cases, of how many, and whether that meets it.
--
-- Key     diagnosis_year, standard, criterion
-- Counts  is_met: numerator below, at most or at least the threshold's share of the denominator, as the standard says; null
--         where the denominator is 0 or not known. Both are compared as decimals: 97 of 100 are 97 %
--         completeness: malignant cases of those expected; years without `registry.expected_cases` have no denominator
--         duplicates: cases told twice, by a rule of our own (mart.registry_quality), not yet put together
--         timeliness: cases that could be counted within `months` of the close of their year; null until these are over.
--         The standards ask for the file by then; that it holds the share they ask of completeness is our reading
--         edits: not known here; whoever asks is told from the named edits (warehouse/query/registry/criteria.ts)
-- Source  reference.registry_criterion
with spoken as (
  select max(as_of_date) as as_of_date
  from core.registry_as_of
),
yearly as (
  select
    diagnosis_year,
    sum(case_count) as case_count,
    sum(reported_count) as reported_count,
    sum(dco_count) as dco_count,
    sum(age_unknown_count) as age_unknown_count,
    sum(sex_unknown_count) as sex_unknown_count,
    sum(race_unknown_count) as race_unknown_count,
    sum(county_unknown_count) as county_unknown_count,
    sum(repeat_count) as repeat_count,
    sum(dated_count) as dated_count
  from mart.registry_quality
  group by diagnosis_year
),
complete as (
  select
    cast(year as varchar) as diagnosis_year,
    sum(case when is_of_year then observed else 0 end) as observed,
    sum(case when is_of_year then expected else 0 end) as expected
  from mart.registry_completeness
  group by year
),
in_time as (
  select
    diagnosis_year,
    standard,
    sum(case when dated_count = 1 and available_month <= months then 1 else 0 end) as in_time_count
  from mart.registry_quality
  cross join reference.registry_criterion
  where criterion = 'timeliness'
  group by diagnosis_year, standard
),
counted as (
  select
    yearly.diagnosis_year,
    rule.standard,
    criterion,
    label,
    direction,
    threshold,
    cast(threshold as decimal(6, 4)) as exact_threshold,
    months,
    cast(
      case
        when criterion = 'death_certificate_only' then dco_count
        when criterion = 'age_unknown' then age_unknown_count
        when criterion = 'sex_unknown' then sex_unknown_count
        when criterion = 'race_unknown' then race_unknown_count
        when criterion = 'county_unknown' then county_unknown_count
        when criterion = 'duplicates' then repeat_count
        when criterion = 'completeness' then observed
        when criterion = 'timeliness' then in_time_count
      end
      as bigint
    ) as numerator,
    cast(
      case
        when criterion = 'death_certificate_only' then reported_count
        when criterion = 'completeness' then expected
        when criterion = 'timeliness' then dated_count
        when criterion = 'edits' then null
        else case_count
      end
      as decimal(18, 4)
    ) as denominator,
    criterion = 'timeliness'
    and coalesce(
      12 * (year_of(as_of_date) - cast(yearly.diagnosis_year as integer) - 1) + month_number_of(as_of_date) <= months,
      true
    ) as is_running
  from yearly
  cross join reference.registry_criterion as rule
  cross join spoken
  left join complete on complete.diagnosis_year = yearly.diagnosis_year
  left join in_time on in_time.diagnosis_year = yearly.diagnosis_year and in_time.standard = rule.standard
)
select
  diagnosis_year,
  standard,
  criterion,
  label,
  direction,
  threshold,
  months,
  numerator,
  cast(denominator as double) as denominator,
  case
    when coalesce(denominator, 0) = 0 or is_running then null
    when direction = 'below' then numerator < exact_threshold * denominator
    when direction = 'at_least' then numerator >= exact_threshold * denominator
    else numerator <= exact_threshold * denominator
  end as is_met
from counted
