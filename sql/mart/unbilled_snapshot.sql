-- One row per week's end, month's end and last day, facility, service, class, payer, state, owner, reason and age: unbilled.
--
-- Key       stock_date, facility_id, service_line, patient_class, payer_class, coding_state, owner, reason, age_bucket, stage
-- Counts    as in mart.unbilled_day, on those days alone: ages move every day, and points of daily stocks hang together.
--           stage is unbilled (DNFB) or unsubmitted (FBNS); age_bucket goes by whole days since discharge, see
--           reference.age_bucket
-- Excludes  accounts with an exclusion (see core.account)
with aged as (
  select
    calendar.day as stock_date,
    account.facility_id,
    account.service_line,
    account.patient_class,
    account.payer_class,
    coding_state,
    owner,
    reason,
    stage,
    is_past_hold,
    day_count(stretch.discharge_date, calendar.day) as age_days,
    gross_cents
  from core.account_stretch as stretch
  inner join core.account using (account_id)
  inner join core.unbilled_day as calendar
    on calendar.day >= start_date and calendar.day < coalesce(end_date, date '9999-12-31')
  where is_snapshot
)
select
  stock_date,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  coding_state,
  owner,
  reason,
  age_bucket,
  stage,
  count(*) as account_count,
  dollars_of(sum(gross_cents)) as gross_dollars,
  sum(case when is_past_hold then 1 else 0 end) as past_hold_count
from aged
inner join reference.age_bucket as bucket on age_days between from_day and coalesce(to_day, age_days)
group by
  stock_date,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  coding_state,
  owner,
  reason,
  age_bucket,
  stage
