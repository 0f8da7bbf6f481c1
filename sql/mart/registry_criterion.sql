-- One row per year of diagnosis and criterion of a standard: how many cases lack something, and whether that is too many.
--
-- Key     diagnosis_year, standard, criterion
-- Counts  is_met: numerator below, or at most, the threshold's share of the denominator, as the standard says; null where the denominator is 0
-- Source  reference.registry_criterion. Completeness, duplicates, edits and timeliness are judged elsewhere or by others
with yearly as (
  select
    diagnosis_year,
    sum(case_count) as case_count,
    sum(reported_count) as reported_count,
    sum(dco_count) as dco_count,
    sum(age_unknown_count) as age_unknown_count,
    sum(sex_unknown_count) as sex_unknown_count,
    sum(race_unknown_count) as race_unknown_count,
    sum(county_unknown_count) as county_unknown_count
  from mart.registry_quality
  group by diagnosis_year
),
counted as (
  select
    diagnosis_year,
    standard,
    criterion,
    label,
    direction,
    threshold,
    cast(
      case
        when criterion = 'death_certificate_only' then dco_count
        when criterion = 'age_unknown' then age_unknown_count
        when criterion = 'sex_unknown' then sex_unknown_count
        when criterion = 'race_unknown' then race_unknown_count
        when criterion = 'county_unknown' then county_unknown_count
      end
      as bigint
    ) as numerator,
    cast(case when criterion = 'death_certificate_only' then reported_count else case_count end as bigint) as denominator
  from yearly
  cross join reference.registry_criterion
)
select
  diagnosis_year,
  standard,
  criterion,
  label,
  direction,
  threshold,
  numerator,
  denominator,
  case
    when denominator = 0 then null
    when direction = 'below' then numerator < threshold * denominator
    else numerator <= threshold * denominator
  end as is_met
from counted
