-- One row per week's end, month's end and last day, facility, class, state, owner, reason and age: discharged not final billed.
--
-- Key       stock_date, facility_id, patient_class, coding_state, owner, reason, age_bucket
-- Counts    as in mart.unbilled_day, on those days alone: ages move every day, and points of daily stocks hang together.
--           age_bucket goes by whole days since discharge, see reference.age_bucket
-- Excludes  accounts with an exclusion (see core.account)
with over_snapshot as (
  select
    account_id,
    discharge_date,
    coding_state,
    owner,
    reason,
    is_past_hold,
    start_date,
    coalesce(end_date, date '9999-12-31') as until_date,
    gross_cents
  from core.account_stretch
  inner join core.unbilled_day on day = start_date
  where next_snapshot_date < coalesce(end_date, date '9999-12-31')
),
aged as (
  select
    calendar.day as stock_date,
    account.facility_id,
    account.patient_class,
    coding_state,
    owner,
    reason,
    is_past_hold,
    day_count(stretch.discharge_date, calendar.day) as age_days,
    gross_cents
  from over_snapshot as stretch
  inner join core.account on account.account_id = stretch.account_id
  inner join core.unbilled_day as calendar
    on calendar.day >= start_date and calendar.day < until_date and calendar.is_snapshot
)
select
  stock_date,
  facility_id,
  patient_class,
  coding_state,
  owner,
  reason,
  age_bucket,
  count(*) as account_count,
  dollars_of(sum(gross_cents)) as gross_dollars,
  sum(case when is_past_hold then 1 else 0 end) as past_hold_count
from aged
inner join reference.age_bucket as bucket on age_days between from_day and coalesce(to_day, age_days)
group by stock_date, facility_id, patient_class, coding_state, owner, reason, age_bucket
