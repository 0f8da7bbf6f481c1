-- One row per account and day on which anything changed that tells where it stands; core.account_stretch adds them up.
--
-- Key     account_id, change_date
-- Kind    view
-- Counts  charge_cents: the change of its gross charges
--         counts: five changes in one number (see count_at), so that a million accounts are added up in one pass. Added up
--         to a day they are the state at that day's end
--           from 1                 encounters in house, of accounts with several          up to 9,999
--           from 10,000            reasons to be unbilled: no final bill yet, reopened      999
--           from 10,000,000        records without final codes, unavailable to coders       9,999
--           from 100,000,000,000   those available                                          9,999
--           from 10^15             number of the hold that stands (core.account_hold), 0 for none
--         What happened before the first discharge stands on its day. The day after the bill hold is there without a
--         change, so that what is past it begins a stretch of its own
with discharge as (
  select account_id, discharge_date, bill_hold_days, 10000 as counts
  from core.account
  where exclusion is null
  union all
  select account_id, account_encounter.discharge_date, bill_hold_days, -1
  from core.account_encounter
  inner join core.account using (account_id)
  where account_encounter.encounter_count > 1 and account_encounter.discharge_date is not null
),
coding as (
  select
    account_id,
    start_date,
    end_date,
    case when availability = 'unavailable' then 10000000 else 100000000000 end as counts
  from core.uncoded_interval
  inner join core.account_encounter using (encounter_id)
),
change as (
  select
    account_id,
    discharge_date as change_date,
    discharge_date,
    cast(counts as bigint) as counts,
    cast(0 as bigint) as charge_cents
  from discharge
  union all
  select account_id, add_days(discharge_date, bill_hold_days + 1), null, 0, 0
  from discharge
  where bill_hold_days is not null
  union all
  select account_id, later_of(coalesce(admit_date, discharge_date), account_discharge_date), null, 1, 0
  from core.account_encounter
  where encounter_count > 1
  union all
  select account_id, entry_date, null, -10000, 0
  from core.account_bill
  where is_first
  union all
  select account_id, start_date, null, 10000, 0
  from core.account_reopening
  union all
  select account_id, end_date, null, -10000, 0
  from core.account_reopening
  where end_date is not null
  union all
  select account_id, charge_date, null, 0, charge_cents
  from core.account_charge
  union all
  select account_id, start_date, null, counts, 0
  from coding
  union all
  select account_id, end_date, null, -counts, 0
  from coding
  where end_date is not null
  union all
  select account_id, start_date, null, 1000000000000000 * hold_no, 0
  from core.account_hold
  union all
  select account_id, end_date, null, -1000000000000000 * hold_no, 0
  from core.account_hold
  where end_date is not null
)
select
  account_id,
  change_date,
  max(discharge_date) as discharge_date,
  cast(sum(counts) as bigint) as counts,
  cast(sum(charge_cents) as bigint) as charge_cents
from change
group by account_id, change_date
