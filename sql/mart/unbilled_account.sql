-- One row per account unbilled, or billed and not submitted, at the end of the last day told of: what to work on.
--
-- Key       account_id
-- Counts    as in core.account_stretch; age_days: whole days since discharge. first_encounter_id leads to the chart by the
--           workspace's label file
-- Excludes  accounts with an exclusion (see core.account)
with last_day as (
  select max(day) as last_date
  from core.unbilled_day
)
select
  account_id,
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
  stretch.discharge_date,
  day_count(stretch.discharge_date, last_date) as age_days,
  dollars_of(gross_cents) as gross_dollars
from core.account_stretch as stretch
inner join core.account using (account_id)
inner join last_day on start_date <= last_date and coalesce(end_date, date '9999-12-31') > last_date
