-- One row per day, facility, service, patient class and availability: discharged records not final coded.
--
-- Key      stock_date, facility_id, service_line, patient_class, availability
-- Kind     period stock_month
-- Follows  mart.uncoded_flow day onward
--          core.extract_as_of as_of_date onward
-- Counts   uncoded_count as things stood at the end of the day: a stock, to be read on one day and not added over days.
--          Every group has a row on every day from its first record to the last day told of, be it 0
--          stock_month: first day of its month
with calendar as (
  select day, month
  from core.calendar
  inner join core.extract_as_of on day <= as_of_date
  where extract = 'coding_event'
),
later_month as (
  select month
  from calendar
  group by month
),
month_flow as (
  select facility_id, service_line, patient_class, availability, month, sum(uncoded_count) as uncoded_count
  from mart.uncoded_flow
  group by facility_id, service_line, patient_class, availability, month
),
turn as (
  select facility_id, service_line, patient_class, availability, month, day, uncoded_count
  from mart.uncoded_flow
  union all
  select facility_id, service_line, patient_class, availability, later_month.month, later_month.month, uncoded_count
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select facility_id, service_line, patient_class, availability, month, day, sum(uncoded_count) as uncoded_count
  from turn
  group by facility_id, service_line, patient_class, availability, month, day
),
stock as (
  select
    facility_id,
    service_line,
    patient_class,
    availability,
    month,
    day,
    min(day) over (
      partition by facility_id, service_line, patient_class, availability, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(uncoded_count) over (
      partition by facility_id, service_line, patient_class, availability, month
      order by day
      rows between unbounded preceding and current row
    ) as uncoded_count
  from change
)
select
  calendar.day as stock_date,
  stock.month as stock_month,
  facility_id,
  service_line,
  patient_class,
  availability,
  cast(uncoded_count as bigint) as uncoded_count
from stock
inner join calendar
  on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
