-- One row per account and day on which anything changed that tells where it stands; core.account_stretch adds them up.
--
-- Key     account_id, change_date
-- Kind    view
-- Counts  each column is a change; its sum up to a day is the state at that day's end
--         in_house     encounters admitted and not discharged, of accounts with several
--         open         reasons to be unbilled: no final bill yet, coding reopened, a later bill begun
--         billed       final bills; waiting, waiting_cents: those that wait for their payer
--         unavailable, available: records without final codes
--         hold_no      number of the hold that stands (see core.account_hold), 0 for none
--         What happened before the first discharge stands on its day. The day after the bill hold is there without a
--         change, so that what is past it begins a stretch of its own
with discharge as (
  select account_id, discharge_date, bill_hold_days, 1 as open, 0 as in_house
  from core.account
  where exclusion is null
  union all
  select account_id, account_encounter.discharge_date, bill_hold_days, 0, -1
  from core.account_encounter
  inner join core.account using (account_id)
  where account_encounter.encounter_count > 1 and account_encounter.discharge_date is not null
),
standing as (
  select account_id, discharge_date as change_date, discharge_date, in_house, open, 0 as billed
  from discharge
  union all
  select account_id, add_days(discharge_date, bill_hold_days + 1), null, 0, 0, 0
  from discharge
  where bill_hold_days is not null
  union all
  select account_id, later_of(coalesce(admit_date, discharge_date), account_discharge_date), null, 1, 0, 0
  from core.account_encounter
  where encounter_count > 1
  union all
  select account_id, final_billed_date, null, 0, case when is_first then -1 else 0 end, 1
  from core.account_bill
  union all
  select account_id, start_date, null, 0, 1, 0
  from core.account_reopening
  union all
  select account_id, end_date, null, 0, -1, 0
  from core.account_reopening
  where end_date is not null
),
waiting as (
  select account_id, final_billed_date, waits_until_date, gross_cents
  from core.account_bill
  inner join core.account using (account_id)
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
  where
    feed.has_submissions
    and not is_voided
    and (waits_until_date is null or waits_until_date > final_billed_date)
),
coding as (
  select account_id, start_date, end_date, case when availability = 'unavailable' then 1 else 0 end as unavailable
  from core.uncoded_interval
  inner join core.account_encounter using (encounter_id)
),
change as (
  select
    account_id,
    change_date,
    discharge_date,
    in_house,
    open,
    billed,
    0 as waiting,
    cast(0 as bigint) as waiting_cents,
    cast(0 as bigint) as charge_cents,
    0 as unavailable,
    0 as available,
    cast(0 as bigint) as hold_no
  from standing
  union all
  select account_id, final_billed_date, null, 0, 0, 0, 1, gross_cents, 0, 0, 0, 0
  from waiting
  union all
  select account_id, waits_until_date, null, 0, 0, 0, -1, -gross_cents, 0, 0, 0, 0
  from waiting
  where waits_until_date is not null
  union all
  select account_id, charge_date, null, 0, 0, 0, 0, 0, charge_cents, 0, 0, 0
  from core.account_charge
  union all
  select account_id, start_date, null, 0, 0, 0, 0, 0, 0, unavailable, 1 - unavailable, 0
  from coding
  union all
  select account_id, end_date, null, 0, 0, 0, 0, 0, 0, -unavailable, unavailable - 1, 0
  from coding
  where end_date is not null
  union all
  select account_id, start_date, null, 0, 0, 0, 0, 0, 0, 0, 0, hold_no
  from core.account_hold
  union all
  select account_id, end_date, null, 0, 0, 0, 0, 0, 0, 0, 0, -hold_no
  from core.account_hold
  where end_date is not null
),
clamped as (
  select change.*, later_of(change_date, account.discharge_date) as day
  from change
  inner join core.account as account on account.account_id = change.account_id
)
select
  account_id,
  day as change_date,
  max(discharge_date) as discharge_date,
  sum(in_house) as in_house,
  sum(open) as open,
  sum(billed) as billed,
  sum(waiting) as waiting,
  sum(waiting_cents) as waiting_cents,
  sum(charge_cents) as charge_cents,
  sum(unavailable) as unavailable,
  sum(available) as available,
  sum(hold_no) as hold_no
from clamped
group by account_id, day
