-- One row per week's end, month's end and last day, facility, class, state, owner, reason and age: discharged not final billed.
--
-- Key       stock_date, facility_id, patient_class, coding_state, owner, reason, age_bucket
-- Kind      period stock_month
-- Follows   mart.unbilled_age_flow day onward
--           core.unbilled_day day
-- Counts    as in mart.unbilled_day, on those days alone: ages move every day, and points of daily stocks hang together.
--           age_bucket goes by whole days since discharge, see reference.age_bucket
--           stock_month: first day of its month
-- Excludes  accounts with an exclusion (see core.account)
with later_month as (
  select month
  from core.unbilled_day
  group by month
),
month_flow as (
  select
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    month,
    sum(account_count) as account_count,
    sum(gross_cents) as gross_cents,
    sum(past_hold_count) as past_hold_count
  from mart.unbilled_age_flow
  group by facility_id, patient_class, coding_state, owner, reason, age_bucket, month
),
turn as (
  select
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    month,
    day,
    account_count,
    gross_cents,
    past_hold_count
  from mart.unbilled_age_flow
  union all
  select
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    later_month.month,
    later_month.month,
    account_count,
    gross_cents,
    past_hold_count
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    month,
    day,
    sum(account_count) as account_count,
    sum(gross_cents) as gross_cents,
    sum(past_hold_count) as past_hold_count
  from turn
  group by facility_id, patient_class, coding_state, owner, reason, age_bucket, month, day
),
stock as (
  select
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    month,
    day,
    min(day) over (
      partition by facility_id, patient_class, coding_state, owner, reason, age_bucket, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(account_count) over so_far as account_count,
    sum(gross_cents) over so_far as gross_cents,
    sum(past_hold_count) over so_far as past_hold_count
  from change
  window
    so_far as (
      partition by facility_id, patient_class, coding_state, owner, reason, age_bucket, month
      order by day
      rows between unbounded preceding and current row
    )
)
select
  calendar.day as stock_date,
  stock.month as stock_month,
  facility_id,
  patient_class,
  coding_state,
  owner,
  reason,
  age_bucket,
  cast(account_count as bigint) as account_count,
  dollars_of(gross_cents) as gross_dollars,
  past_hold_count
from stock
inner join core.unbilled_day as calendar
  on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
where calendar.is_snapshot and account_count > 0
