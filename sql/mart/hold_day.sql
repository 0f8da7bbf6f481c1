-- One row per day, facility, patient class, reason and owner: accounts on hold.
--
-- Key       hold_date, facility_id, patient_class, reason, owner
-- Kind      period stock_month
-- Follows   mart.hold_flow day onward
--           core.extract_as_of as_of_date onward
-- Counts    held_count as things stood at the end of the day: read on one day it is accounts on hold, added over days it is
--           days of hold. An account counts once for each reason it is held for. Every group has a row on every day from
--           its first hold to the last day told of
--           stock_month: first day of the month of hold_date
-- Excludes  holds that began and ended within one day; encounters not known; accounts combined or voided, or with bills
--           of no date
-- Ties      holds of one account, reason and owner that overlap count once
with calendar as (
  select day, month
  from core.calendar
  inner join core.extract_as_of on day <= as_of_date
  where extract = 'billing'
),
later_month as (
  select month
  from calendar
  group by month
),
month_flow as (
  select facility_id, patient_class, reason, owner, month, sum(held_count) as held_count
  from mart.hold_flow
  group by facility_id, patient_class, reason, owner, month
),
turn as (
  select facility_id, patient_class, reason, owner, month, day, held_count
  from mart.hold_flow
  union all
  select facility_id, patient_class, reason, owner, later_month.month, later_month.month, held_count
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select facility_id, patient_class, reason, owner, month, day, sum(held_count) as held_count
  from turn
  group by facility_id, patient_class, reason, owner, month, day
),
stock as (
  select
    facility_id,
    patient_class,
    reason,
    owner,
    month,
    day,
    min(day) over (
      partition by facility_id, patient_class, reason, owner, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(held_count) over (
      partition by facility_id, patient_class, reason, owner, month
      order by day
      rows between unbounded preceding and current row
    ) as held_count
  from change
)
select
  calendar.day as hold_date,
  stock.month as stock_month,
  facility_id,
  patient_class,
  reason,
  owner,
  cast(held_count as bigint) as held_count
from stock
inner join calendar
  on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
