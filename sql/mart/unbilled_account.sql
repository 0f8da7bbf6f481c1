-- One row per account unbilled, or billed and not submitted, at the end of the last day told of: what to work on.
--
-- Key       account_id
-- Counts    stage unbilled (DNFB) as in core.account_stretch, or unsubmitted (FBNS) as in core.unsubmitted_stretch
--           age_days: whole days since discharge. first_encounter_id leads to the chart by the workspace's label file
-- Excludes  accounts with an exclusion (see core.account)
with last_day as (
  select max(day) as last_date
  from core.unbilled_day
),
standing as (
  select
    account_id,
    'unbilled' as stage,
    coding_state,
    owner,
    reason,
    is_past_hold,
    discharge_date,
    start_date,
    coalesce(end_date, date '9999-12-31') as end_date,
    gross_cents
  from core.account_stretch
  union all
  select
    account_id,
    'unsubmitted',
    null,
    null,
    null,
    null,
    null,
    start_date,
    coalesce(end_date, date '9999-12-31'),
    gross_cents
  from core.unsubmitted_stretch
)
select
  account.account_id,
  first_encounter_id,
  last_date as stock_date,
  account.facility_id,
  account.service_line,
  account.patient_class,
  account.payer_class,
  stage,
  coding_state,
  owner,
  reason,
  is_past_hold,
  coalesce(standing.discharge_date, account.discharge_date) as discharge_date,
  day_count(coalesce(standing.discharge_date, account.discharge_date), last_date) as age_days,
  dollars_of(gross_cents) as gross_dollars
from standing
inner join last_day on start_date <= last_date and end_date > last_date
inner join core.account on account.account_id = standing.account_id
