-- One row per day and facility of which bills arrive: its unbilled dollars, and the revenue they are measured in days of.
--
-- Key       stock_date, facility_id
-- Counts    stocks as in mart.unbilled_day. Revenue is that of 90 days, exact to the cent; a ninetieth of it is the average
--           day. It is there once for each stock that is known, so that facilities of which a feed is missing are in
--           neither part of a ratio
--           revenue_source  stat     gross patient revenue of period_stat: the last three whole calendar months, times 90
--                                    over their days
--                           charges  charges posted in the 90 days up to that day, of facilities that send no such totals
--           Revenue is null before there are three months, or 90 days since the first posting; a day without positive
--           revenue is null too
-- Excludes  stocks of accounts with an exclusion; their charges are revenue all the same
-- Source    HFMA MAP keys: gross dollars over average daily gross patient service revenue; 90 days are customary
with facility as (
  select nullif(facility_key, '') as facility_id, feed.*
  from core.billing_feed as feed
  where has_billing
),
stat_month as (
  select facility_id, month, sum(cents_of(gross_patient_revenue)) as revenue_cents
  from core.period_stat
  where coder_id is null and gross_patient_revenue is not null
  group by facility_id, month
),
month as (
  select month
  from core.unbilled_day
  group by month
),
stat_revenue as (
  select
    facility_id,
    month.month,
    whole_ratio(
      90 * sum(revenue_cents),
      day_count(add_months(month.month, -3), month.month)
    ) as revenue_cents
  from month
  inner join stat_month on stat_month.month >= add_months(month.month, -3) and stat_month.month < month.month
  group by facility_id, month.month
  having count(*) = 3
),
charge_change as (
  select facility_id, posted_date as day, amount_cents as cents
  from core.charge_day
  union all
  select facility_id, add_days(posted_date, 90), -amount_cents
  from core.charge_day
  union all
  select facility_id, day, 0
  from facility
  cross join core.unbilled_day
),
charge_day as (
  select facility_id, day, sum(cents) as cents
  from charge_change
  group by facility_id, day
),
charge_revenue as (
  select
    facility_id,
    day,
    sum(cents) over (partition by facility_id order by day rows between unbounded preceding and current row)
      as revenue_cents
  from charge_day
),
revenue as (
  select
    calendar.day,
    facility.facility_id,
    facility.has_coding,
    facility.has_submissions,
    case when has_revenue then 'stat' when has_charges then 'charges' end as revenue_source,
    case
      when has_revenue then stat_revenue.revenue_cents
      when calendar.day >= add_days(first_posted_date, 89) then charge_revenue.revenue_cents
    end as revenue_cents
  from facility
  cross join core.unbilled_day as calendar
  left join stat_revenue
    on coalesce(stat_revenue.facility_id, '') = facility.facility_key and stat_revenue.month = calendar.month
  left join charge_revenue
    on coalesce(charge_revenue.facility_id, '') = facility.facility_key and charge_revenue.day = calendar.day
),
stock as (
  select
    stock_date,
    coalesce(facility_id, '') as facility_key,
    sum(dnfb_dollars) as dnfb_dollars,
    sum(case when coding_state = 'available' then dnfc_dollars else 0 end) as dnfc_available_dollars,
    sum(case when coding_state = 'unavailable' then dnfc_dollars else 0 end) as dnfc_unavailable_dollars,
    sum(fbns_dollars) as fbns_dollars
  from mart.unbilled_day
  group by stock_date, coalesce(facility_id, '')
),
measured as (
  select
    day,
    facility_id,
    has_coding,
    has_submissions,
    revenue_source,
    coalesce(dnfb_dollars, 0) as dnfb_dollars,
    coalesce(dnfc_available_dollars, 0) as dnfc_available_dollars,
    coalesce(dnfc_unavailable_dollars, 0) as dnfc_unavailable_dollars,
    coalesce(fbns_dollars, 0) as fbns_dollars,
    case when revenue_cents > 0 then dollars_of(revenue_cents) end as revenue
  from revenue
  left join stock on stock_date = day and facility_key = coalesce(facility_id, '')
)
select
  day as stock_date,
  facility_id,
  revenue_source,
  case when revenue is not null then dnfb_dollars end as dnfb_dollars,
  revenue as dnfb_revenue,
  case when has_coding and revenue is not null then dnfc_available_dollars + dnfc_unavailable_dollars end as dnfc_dollars,
  case when has_coding and revenue is not null then dnfc_available_dollars end as dnfc_available_dollars,
  case when has_coding and revenue is not null then dnfc_unavailable_dollars end as dnfc_unavailable_dollars,
  case when has_coding then revenue end as dnfc_revenue,
  case when has_submissions and revenue is not null then fbns_dollars end as fbns_dollars,
  case when has_submissions and revenue is not null then dnfb_dollars + fbns_dollars end as dnsp_dollars,
  case when has_submissions then revenue end as fbns_revenue
from measured
