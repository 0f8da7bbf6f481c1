-- One row per day, facility, owner and reason: how far discharged-not-final-billed changed on that day, and by what.
--
-- The flows that mart.dnfb_bridge_day adds up to stocks. They are sums over accounts, so a night changes the rows of its
-- own accounts alone.
--
-- Key       facility_id, owner, reason, day
-- Counts    turn_count: stretches that begin or end on that day; stock_count, stock_cents: what began less what ended. The
--           others mean what they mean in mart.dnfb_bridge_day, dollars in cents; days to come are told too
-- Excludes  accounts with an exclusion (see core.account)
with stretch as (
  select
    account_id,
    account.facility_id,
    owner,
    reason,
    start_date,
    end_date,
    coalesce(gross_cents, 0) as gross_cents,
    coalesce(entry_cents, 0) as entry_cents,
    entered_by,
    left_by
  from core.account_stretch
  inner join core.account using (account_id)
),
turn as (
  select
    account_id,
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
  select account_id, facility_id, owner, reason, end_date, -1, -gross_cents, -gross_cents, 0, left_by
  from stretch
  where end_date is not null
)
select
  facility_id,
  owner,
  reason,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(sign) as bigint) as stock_count,
  cast(sum(stock_cents) as bigint) as stock_cents,
  cast(sum(case when way = 'discharged' then sign else 0 end) as bigint) as discharged_count,
  cast(sum(case when way = 'discharged' then flow_cents else 0 end) as bigint) as discharged_cents,
  cast(sum(case when way = 'billed' then -sign else 0 end) as bigint) as billed_count,
  cast(sum(case when way = 'billed' then -flow_cents else 0 end) as bigint) as billed_cents,
  cast(sum(case when way = 'reopened' then sign else 0 end) as bigint) as reopened_count,
  cast(sum(case when way = 'reopened' then flow_cents else 0 end) as bigint) as reopened_cents,
  cast(sum(case when way = 'closed' then -sign else 0 end) as bigint) as closed_count,
  cast(sum(case when way = 'closed' then -flow_cents else 0 end) as bigint) as closed_cents,
  cast(sum(case when way = 'stayed' then sign else 0 end) as bigint) as moved_count,
  cast(sum(case when way = 'stayed' then flow_cents else 0 end) as bigint) as moved_cents,
  cast(sum(charge_cents) as bigint) as charge_cents
from turn
group by facility_id, owner, reason, day, month_of(day)
