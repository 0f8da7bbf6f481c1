-- One row per facility and day from tomorrow to the next month's end: the DNFB to be expected if billing goes on as it has.
--
-- Key       facility_id, forecast_date
-- Counts    An account in the stock stays with the share S(age then) ÷ S(age now) of the facility's discharge-to-bill curve
--           (mart.discharge_to_bill); new ones come at the daily mean of the last 90 days and stay with S(age then).
--           S(a): share unbilled at the end of day a; beyond a year, and where nothing was left to see, an account stays.
--           kept: of the last day's stock; new: of discharges to come. Estimates, not counts: they know no holds, weekdays
--           or charges to come
-- Excludes  accounts with an exclusion (see core.account); everything before 90 days are told of; facilities without a
--           discharge in the last 90 days
with told as (
  select min(day) as first_date, max(day) as last_date
  from core.unbilled_day
),
ahead as (
  select day as forecast_date, day_count(last_date, day) as days_ahead
  from core.calendar
  cross join told
  where
    day > last_date
    and day <= month_end_of(add_days(last_date, 1))
    and last_date >= add_days(first_date, 89)
),
survival as (
  select curve.facility_key, curve.age_days, share_left(ratio(part.billed_count, part.at_risk_count)) as share
  from mart.discharge_to_bill as curve
  inner join mart.discharge_to_bill as part
    on part.facility_key = curve.facility_key and part.age_days <= curve.age_days
  group by curve.facility_key, curve.age_days
),
stock as (
  select
    coalesce(facility_id, '') as facility_key,
    earlier_of(age_days, 364) as age_days,
    count(*) as account_count,
    sum(gross_dollars) as gross_dollars
  from mart.unbilled_account
  where stage = 'unbilled'
  group by coalesce(facility_id, ''), earlier_of(age_days, 364)
),
kept as (
  select
    stock.facility_key,
    forecast_date,
    sum(account_count * coalesce(ratio(later.share, now.share), 1)) as kept_count,
    sum(gross_dollars * coalesce(ratio(later.share, now.share), 1)) as kept_dollars
  from stock
  cross join ahead
  inner join survival as now on now.facility_key = stock.facility_key and now.age_days = stock.age_days
  inner join survival as later
    on later.facility_key = stock.facility_key and later.age_days = earlier_of(stock.age_days + days_ahead, 364)
  group by stock.facility_key, forecast_date
),
account_total as (
  select account_id, sum(charge_cents) as cents
  from core.account_charge
  cross join told
  where charge_date <= last_date
  group by account_id
),
inflow as (
  select
    coalesce(facility_id, '') as facility_key,
    facility_id,
    count(*) as account_count,
    sum(coalesce(cents, 0)) as cents
  from core.account
  cross join told
  left join account_total using (account_id)
  where exclusion is null and discharge_date <= last_date and discharge_date > add_days(last_date, -90)
  group by facility_id
),
fresh as (
  select
    inflow.facility_key,
    inflow.facility_id,
    forecast_date,
    ratio(account_count, 90) * sum(share) as new_count,
    ratio(dollars_of(cents), 90) * sum(share) as new_dollars
  from inflow
  cross join ahead
  inner join survival on survival.facility_key = inflow.facility_key and survival.age_days < days_ahead
  group by inflow.facility_key, inflow.facility_id, forecast_date, account_count, cents
)
select
  fresh.facility_id,
  fresh.forecast_date,
  coalesce(kept_count, 0) as kept_count,
  new_count,
  coalesce(kept_count, 0) + new_count as forecast_count,
  coalesce(kept_dollars, 0) as kept_dollars,
  new_dollars,
  coalesce(kept_dollars, 0) + new_dollars as forecast_dollars
from fresh
left join kept on kept.facility_key = fresh.facility_key and kept.forecast_date = fresh.forecast_date
