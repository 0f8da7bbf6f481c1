-- One row per stretch of days in which one hold stands for an account: of several open at once, the oldest.
--
-- Key       account_id, hold_no
-- Counts    as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts.
--           An account waits for one thing at a time here, so that owners and reasons add up to the whole; every hold in
--           its own right is in mart.hold_day
--           what began before the first discharge begins with it
-- Excludes  holds that began and ended within one day, before the first discharge, or wholly within an older one; accounts with an exclusion
-- Ties      of holds of one moment the first in order of reason, owner and encounter
with held as (
  select
    account_id,
    reason_code,
    owner,
    start_at,
    later_of(start_date, account_discharge_date) as start_date,
    encounter_id,
    coalesce(end_date, date '9999-12-31') as end_date
  from core.billing_hold
  inner join core.account_encounter using (encounter_id)
  where start_date is not null
),
queued as (
  select
    *,
    max(end_date) over (
      partition by account_id
      order by start_at, reason_code, owner, encounter_id
      rows between unbounded preceding and 1 preceding
    ) as older_until_date
  from held
),
standing as (
  select
    account_id,
    reason_code,
    owner,
    later_of(start_date, older_until_date) as start_date,
    end_date
  from queued
)
select
  account_id,
  row_number() over (partition by account_id order by start_date) as hold_no,
  reason_code,
  owner,
  start_date,
  case when end_date < date '9999-12-31' then end_date end as end_date
from standing
where end_date > start_date
