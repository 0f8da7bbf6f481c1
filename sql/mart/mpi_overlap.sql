-- One row per day on which any patient index told its overlaps, and index: its latest by then.
--
-- Key       stock_date, system_id
-- Counts    overlap_count: patients known to another index under another id. A stock, to be read on one day and not
--           added over days
-- Excludes  counts older than the calendar month before; counts that do not tell overlaps
with counted as (
  select system_id, count_date, overlap_count
  from core.mpi_stat
  where overlap_count is not null
),
latest as (
  select count_day.count_date as stock_date, counted.system_id, max(counted.count_date) as count_date
  from (select distinct count_date from counted) as count_day
  inner join counted
    on counted.count_date <= count_day.count_date
    and counted.count_date >= add_months(month_of(count_day.count_date), -1)
  group by count_day.count_date, counted.system_id
)
select
  latest.stock_date,
  latest.system_id,
  latest.count_date,
  counted.overlap_count
from latest
inner join counted on counted.system_id = latest.system_id and counted.count_date = latest.count_date
