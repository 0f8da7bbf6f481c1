-- One row per day, facility, service, patient class and availability: discharged records not final coded.
--
-- Key     stock_date, facility_id, service_line, patient_class, availability
-- Counts  uncoded_count as things stood at the end of the day: a stock, to be read on one day and not added over days.
--         Every group has a row on every day from its first record to the last day told of, be it 0
with last_day as (
  select as_of_date as last_date
  from core.extract_as_of
  where extract = 'coding_event'
),
change as (
  select facility_id, service_line, patient_class, availability, day, start_count - end_count as change
  from core.uncoded_change
),
stock_group as (
  select facility_id, service_line, patient_class, availability, min(day) as first_date
  from change
  group by facility_id, service_line, patient_class, availability
),
group_day as (
  select facility_id, service_line, patient_class, availability, calendar.day, 0 as change
  from stock_group
  cross join last_day
  inner join core.calendar as calendar on calendar.day between stock_group.first_date and last_day.last_date
  union all
  select facility_id, service_line, patient_class, availability, day, change
  from change
  cross join last_day
  where day <= last_date
),
net_change as (
  select facility_id, service_line, patient_class, availability, day, sum(change) as change
  from group_day
  group by facility_id, service_line, patient_class, availability, day
)
select
  day as stock_date,
  facility_id,
  service_line,
  patient_class,
  availability,
  cast(sum(change) over (
    partition by facility_id, service_line, patient_class, availability
    order by day
    rows between unbounded preceding and current row
  ) as bigint) as uncoded_count
from net_change
