-- One row per day on which stocks of unbilled accounts are counted: from the first discharge to the last day bills tell of.
--
-- Key     day
-- Counts  is_snapshot: a week's end (Sunday), a month's end, or the last day; next_snapshot_date: that day, or the next such
with told as (
  select min(discharge_date) as first_date
  from core.account
  where exclusion is null
),
told_day as (
  select
    day,
    month,
    weekday_of(day) = 7 or is_month_end or day = as_of_date as is_snapshot
  from core.calendar
  cross join told
  cross join (select as_of_date from core.extract_as_of where extract = 'billing') as feed
  where day between first_date and as_of_date
)
select
  day,
  month,
  is_snapshot,
  min(case when is_snapshot then day end) over (order by day rows between current row and unbounded following)
    as next_snapshot_date
from told_day
