-- One row per day on which stocks of deficiencies are counted: from the first discharge to the last day told of.
--
-- Key     snapshot_date
-- Counts  as things stood at the end of that day; months from that of the first discharge on
with told as (
  select min(discharge_date) as first_date, max(feed.as_of_date) as last_date
  from core.encounter
  cross join (select as_of_date from core.extract_as_of where extract = 'deficiency') as feed
)
select
  calendar.day as snapshot_date,
  calendar.month as snapshot_month,
  month_of(first_date) as first_month
from core.calendar as calendar
cross join told
where day >= first_date and day <= last_date
