-- One row per day, facility, owner and reason: how discharged-not-final-billed came from yesterday's stock to today's.
--
-- opening + discharged − billed + reopened − closed + moved + charge change = closing, in accounts and in dollars;
-- sql/assert/dnfb_bridge_adds_up.sql holds every row to it.
--
-- Key       stock_date, facility_id, owner, reason
-- Counts    flows of the day, which add up over days; opening and closing are stocks at the day's two ends
--           discharged  entered by discharge; an account discharged and billed on one day never enters
--           billed      left with a final bill; reopened: came back after one
--           closed      left without a new bill: coding closed again, or the patient was readmitted on the account
--           moved       came from another owner or reason, less what went to one: 0 over all of them
--           charge      charges posted to accounts that stayed. What leaves is worth what it was yesterday, what enters what
--                       it is today
--           dollars are gross charges
-- Excludes  accounts with an exclusion (see core.account)
with stretch as (
  select account.facility_id, owner, reason, start_date, end_date, gross_cents, entry_cents, entered_by, left_by
  from core.account_stretch
  inner join core.account using (account_id)
),
owner_group as (
  select facility_id, owner, reason, min(start_date) as first_date
  from stretch
  group by facility_id, owner, reason
),
turn as (
  select
    facility_id,
    owner,
    reason,
    start_date as day,
    1 as sign,
    gross_cents as stock_cents,
    entry_cents as flow_cents,
    gross_cents - entry_cents as charge_cents,
    entered_by as way
  from stretch
  union all
  select facility_id, owner, reason, end_date, -1, -gross_cents, -gross_cents, 0, left_by
  from stretch
  where end_date is not null
  union all
  select facility_id, owner, reason, day, 0, 0, 0, 0, null
  from owner_group
  inner join core.unbilled_day on day >= first_date
),
change as (
  select
    facility_id,
    owner,
    reason,
    day,
    sum(sign) as stock_count,
    sum(stock_cents) as stock_cents,
    sum(case when way = 'discharged' then sign else 0 end) as discharged_count,
    sum(case when way = 'discharged' then flow_cents else 0 end) as discharged_cents,
    sum(case when way = 'billed' then -sign else 0 end) as billed_count,
    sum(case when way = 'billed' then -flow_cents else 0 end) as billed_cents,
    sum(case when way = 'reopened' then sign else 0 end) as reopened_count,
    sum(case when way = 'reopened' then flow_cents else 0 end) as reopened_cents,
    sum(case when way = 'closed' then -sign else 0 end) as closed_count,
    sum(case when way = 'closed' then -flow_cents else 0 end) as closed_cents,
    sum(case when way = 'stayed' then sign else 0 end) as moved_count,
    sum(case when way = 'stayed' then flow_cents else 0 end) as moved_cents,
    sum(charge_cents) as charge_cents
  from turn
  group by facility_id, owner, reason, day
),
stock as (
  select
    *,
    sum(stock_count) over so_far as closing_count,
    sum(stock_cents) over so_far as closing_cents
  from change
  window
    so_far as (partition by facility_id, owner, reason order by day rows between unbounded preceding and current row)
)
select
  stock.day as stock_date,
  facility_id,
  owner,
  reason,
  cast(closing_count - stock_count as bigint) as opening_count,
  cast(discharged_count as bigint) as discharged_count,
  cast(billed_count as bigint) as billed_count,
  cast(reopened_count as bigint) as reopened_count,
  cast(closed_count as bigint) as closed_count,
  cast(moved_count as bigint) as moved_count,
  cast(closing_count as bigint) as closing_count,
  dollars_of(closing_cents - stock_cents) as opening_dollars,
  dollars_of(discharged_cents) as discharged_dollars,
  dollars_of(billed_cents) as billed_dollars,
  dollars_of(reopened_cents) as reopened_dollars,
  dollars_of(closed_cents) as closed_dollars,
  dollars_of(moved_cents) as moved_dollars,
  dollars_of(charge_cents) as charge_change_dollars,
  dollars_of(closing_cents) as closing_dollars
from stock
inner join core.unbilled_day as calendar on calendar.day = stock.day
