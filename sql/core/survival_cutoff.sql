-- One row per workspace: the day up to which survival is counted.
--
-- Key     cutoff_date
-- Counts  31 December of `survival_cutoff_year` of `metric_settings`, else of the last whole calendar year that the
--         sources of abstracts tell of; null where neither is known, and no survival with it
--         as_of_date: up to when those sources speak; a contact after it cannot be
with told as (
  select max(as_of_date) as as_of_date
  from core.source
  where source_id in (select source_id from staging.tumor_value)
),
chosen as (
  select max(whole_number) as cutoff_year
  from core.metric_setting
  where name = 'survival_cutoff_year'
)
select
  case
    when cutoff_year is not null then month_end_of(month_from(cutoff_year, 12))
    when month_number_of(as_of_date) = 12 and as_of_date = month_end_of(as_of_date) then as_of_date
    else month_end_of(month_from(year_of(as_of_date) - 1, 12))
  end as cutoff_date,
  as_of_date
from told
cross join chosen
