-- DNFB of yesterday, discharged, billed, reopened, closed, moved and charged, is DNFB of today, and the stock of unbilled_day.
--
-- Severity  fatal
-- Examines  mart.dnfb_bridge_day
-- Counts    one row per day and group whose parts do not add up, or that does not open as the day before closed; one per
--           day and facility on which owners move to nobody, or do not add up to the stock
with day_before as (
  select add_days(stock_date, 1) as stock_date, facility_id, owner, reason, closing_count, closing_dollars
  from mart.dnfb_bridge_day
),
facility_day as (
  select
    stock_date,
    coalesce(facility_id, '') as facility_key,
    sum(closing_count) as closing_count,
    sum(closing_dollars) as closing_dollars,
    sum(moved_count) as moved_count,
    sum(moved_dollars) as moved_dollars
  from mart.dnfb_bridge_day
  group by stock_date, coalesce(facility_id, '')
),
stock as (
  select
    stock_date,
    coalesce(facility_id, '') as facility_key,
    sum(dnfb_count) as dnfb_count,
    sum(dnfb_dollars) as dnfb_dollars
  from mart.unbilled_day
  group by stock_date, coalesce(facility_id, '')
)
select stock_date
from mart.dnfb_bridge_day
where
  opening_count + discharged_count - billed_count + reopened_count - closed_count + moved_count <> closing_count
  or opening_dollars + discharged_dollars - billed_dollars + reopened_dollars - closed_dollars + moved_dollars
    + charge_change_dollars <> closing_dollars
union all
select today.stock_date
from mart.dnfb_bridge_day as today
inner join day_before
  on day_before.stock_date = today.stock_date
  and coalesce(day_before.facility_id, '') = coalesce(today.facility_id, '')
  and coalesce(day_before.owner, '') = coalesce(today.owner, '')
  and coalesce(day_before.reason, '') = coalesce(today.reason, '')
where today.opening_count <> day_before.closing_count or today.opening_dollars <> day_before.closing_dollars
union all
select stock.stock_date
from stock
left join facility_day using (stock_date, facility_key)
where
  coalesce(closing_count, 0) <> dnfb_count
  or coalesce(closing_dollars, 0) <> dnfb_dollars
  or moved_count <> 0
  or moved_dollars <> 0
