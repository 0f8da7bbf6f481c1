-- One row per day, facility, owner and reason: how discharged-not-final-billed came from yesterday's stock to today's.
--
-- opening + discharged − billed + reopened − closed + moved + charge change = closing, in accounts and in dollars;
-- sql/assert/dnfb_bridge_adds_up.sql holds every row to it.
--
-- Key       stock_date, facility_id, owner, reason
-- Kind      period stock_month
-- Follows   mart.dnfb_flow day onward
--           core.unbilled_day day
-- Counts    flows of the day, which add up over days; opening and closing are stocks at the day's two ends
--           discharged  entered by discharge; an account discharged and billed on one day never enters
--           billed      left with a final bill; reopened: came back after one
--           closed      left without a new bill: coding closed again, or the patient was readmitted on the account
--           moved       came from another owner or reason, less what went to one: 0 over all of them
--           charge      charges posted to accounts that stayed. What leaves is worth what it was yesterday, what enters what
--                       it is today
--           dollars are gross charges
--           stock_month: first day of its month
-- Excludes  accounts with an exclusion (see core.account)
with later_month as (
  select month
  from core.unbilled_day
  group by month
),
month_flow as (
  select facility_id, owner, reason, month, sum(stock_count) as stock_count, sum(stock_cents) as stock_cents
  from mart.dnfb_flow
  group by facility_id, owner, reason, month
),
turn as (
  select
    facility_id,
    owner,
    reason,
    month,
    day,
    0 as carried_count,
    0 as carried_cents,
    stock_count,
    stock_cents,
    discharged_count,
    discharged_cents,
    billed_count,
    billed_cents,
    reopened_count,
    reopened_cents,
    closed_count,
    closed_cents,
    moved_count,
    moved_cents,
    charge_cents
  from mart.dnfb_flow
  union all
  select
    facility_id,
    owner,
    reason,
    later_month.month,
    later_month.month,
    stock_count,
    stock_cents,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select
    facility_id,
    owner,
    reason,
    month,
    day,
    sum(carried_count) as carried_count,
    sum(carried_cents) as carried_cents,
    sum(stock_count) as stock_count,
    sum(stock_cents) as stock_cents,
    sum(discharged_count) as discharged_count,
    sum(discharged_cents) as discharged_cents,
    sum(billed_count) as billed_count,
    sum(billed_cents) as billed_cents,
    sum(reopened_count) as reopened_count,
    sum(reopened_cents) as reopened_cents,
    sum(closed_count) as closed_count,
    sum(closed_cents) as closed_cents,
    sum(moved_count) as moved_count,
    sum(moved_cents) as moved_cents,
    sum(charge_cents) as charge_cents
  from turn
  group by facility_id, owner, reason, month, day
),
stock as (
  select
    *,
    min(day) over (
      partition by facility_id, owner, reason, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(carried_count + stock_count) over so_far as closing_count,
    sum(carried_cents + stock_cents) over so_far as closing_cents
  from change
  window
    so_far as (partition by facility_id, owner, reason, month order by day rows between unbounded preceding and current row)
),
stock_day as (
  select
    calendar.day as stock_date,
    stock.month as stock_month,
    facility_id,
    owner,
    reason,
    closing_count,
    closing_cents,
    case when calendar.day = stock.day then stock_count else 0 end as stock_count,
    case when calendar.day = stock.day then stock_cents else 0 end as stock_cents,
    case when calendar.day = stock.day then discharged_count else 0 end as discharged_count,
    case when calendar.day = stock.day then discharged_cents else 0 end as discharged_cents,
    case when calendar.day = stock.day then billed_count else 0 end as billed_count,
    case when calendar.day = stock.day then billed_cents else 0 end as billed_cents,
    case when calendar.day = stock.day then reopened_count else 0 end as reopened_count,
    case when calendar.day = stock.day then reopened_cents else 0 end as reopened_cents,
    case when calendar.day = stock.day then closed_count else 0 end as closed_count,
    case when calendar.day = stock.day then closed_cents else 0 end as closed_cents,
    case when calendar.day = stock.day then moved_count else 0 end as moved_count,
    case when calendar.day = stock.day then moved_cents else 0 end as moved_cents,
    case when calendar.day = stock.day then charge_cents else 0 end as charge_cents
  from stock
  inner join core.unbilled_day as calendar
    on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
)
select
  stock_date,
  stock_month,
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
from stock_day
