-- One row per day on which any patient index was counted, and index: its latest count by then.
--
-- Key       stock_date, system_id
-- Counts    record_count: records of the index; possible_duplicate_count: those that stand in a possible duplicate pair,
--           else twice the pairs. A stock, to be read on one day and not added over days
-- Excludes  counts older than the calendar month before; counts that tell neither pairs nor records in pairs; pairs
--           that, taken twice, are more than all records
-- Source    AHIMA 2020: 5,000 pairs are 10,000 records, of 500,000 records 2 %
with counted as (
  select
    system_id,
    count_date,
    records_total as record_count,
    coalesce(records_in_possible_pairs, 2 * possible_dup_pairs) as possible_duplicate_count
  from core.mpi_stat
),
usable as (
  select *
  from counted
  where possible_duplicate_count <= record_count
),
latest as (
  select count_day.count_date as stock_date, usable.system_id, max(usable.count_date) as count_date
  from (select distinct count_date from usable) as count_day
  inner join usable
    on usable.count_date <= count_day.count_date
    and usable.count_date >= add_months(month_of(count_day.count_date), -1)
  group by count_day.count_date, usable.system_id
)
select
  latest.stock_date,
  latest.system_id,
  latest.count_date,
  usable.possible_duplicate_count,
  usable.record_count
from latest
inner join usable on usable.system_id = latest.system_id and usable.count_date = latest.count_date
