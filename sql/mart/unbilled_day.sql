-- One row per day, facility, service, patient class, payer and state of coding: accounts discharged and not with the payer.
--
-- Key       stock_date, facility_id, service_line, patient_class, payer_class, coding_state
-- Kind      period stock_month
-- Follows   mart.unbilled_flow day onward
--           core.unbilled_day day
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days. Dollars are
--           gross charges as of that day. Every group has a row on every day from its first account to the last day told of
--           dnfb       discharged, not final billed; dnfc: those of them without final codes
--           fbns       final billed, not submitted to the payer; dnsp: dnfb and fbns
--           past_hold  dnfb longer discharged than the bill hold
--           him        dnfb whose owner is HIM, of `owned` dollars: dnfb of facilities that send holds or coding events
--           stock_month: first day of its month
-- Excludes  accounts with an exclusion (see core.account); fbns of facilities that send no times of submission
with later_month as (
  select month
  from core.unbilled_day
  group by month
),
month_flow as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    month,
    sum(dnfb_count) as dnfb_count,
    sum(dnfb_cents) as dnfb_cents,
    sum(dnfc_count) as dnfc_count,
    sum(dnfc_cents) as dnfc_cents,
    sum(fbns_count) as fbns_count,
    sum(fbns_cents) as fbns_cents,
    sum(past_hold_count) as past_hold_count,
    sum(past_hold_cents) as past_hold_cents,
    sum(him_cents) as him_cents,
    sum(owned_cents) as owned_cents
  from mart.unbilled_flow
  group by facility_id, service_line, patient_class, payer_class, coding_state, month
),
turn as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    month,
    day,
    dnfb_count,
    dnfb_cents,
    dnfc_count,
    dnfc_cents,
    fbns_count,
    fbns_cents,
    past_hold_count,
    past_hold_cents,
    him_cents,
    owned_cents
  from mart.unbilled_flow
  union all
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    later_month.month,
    later_month.month,
    dnfb_count,
    dnfb_cents,
    dnfc_count,
    dnfc_cents,
    fbns_count,
    fbns_cents,
    past_hold_count,
    past_hold_cents,
    him_cents,
    owned_cents
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    month,
    day,
    cast(sum(dnfb_count) as bigint) as dnfb_count,
    cast(sum(dnfb_cents) as bigint) as dnfb_cents,
    cast(sum(dnfc_count) as bigint) as dnfc_count,
    cast(sum(dnfc_cents) as bigint) as dnfc_cents,
    cast(sum(fbns_count) as bigint) as fbns_count,
    cast(sum(fbns_cents) as bigint) as fbns_cents,
    cast(sum(past_hold_count) as bigint) as past_hold_count,
    cast(sum(past_hold_cents) as bigint) as past_hold_cents,
    cast(sum(him_cents) as bigint) as him_cents,
    cast(sum(owned_cents) as bigint) as owned_cents
  from turn
  group by facility_id, service_line, patient_class, payer_class, coding_state, month, day
),
stock as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    month,
    day,
    min(day) over (
      partition by facility_id, service_line, patient_class, payer_class, coding_state, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(dnfb_count) over so_far as dnfb_count,
    sum(dnfb_cents) over so_far as dnfb_cents,
    sum(dnfc_count) over so_far as dnfc_count,
    sum(dnfc_cents) over so_far as dnfc_cents,
    sum(fbns_count) over so_far as fbns_count,
    sum(fbns_cents) over so_far as fbns_cents,
    sum(past_hold_count) over so_far as past_hold_count,
    sum(past_hold_cents) over so_far as past_hold_cents,
    sum(him_cents) over so_far as him_cents,
    sum(owned_cents) over so_far as owned_cents
  from change
  window
    so_far as (
      partition by facility_id, service_line, patient_class, payer_class, coding_state, month
      order by day
      rows between unbounded preceding and current row
    )
)
select
  calendar.day as stock_date,
  stock.month as stock_month,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  coding_state,
  cast(dnfb_count as bigint) as dnfb_count,
  dollars_of(dnfb_cents) as dnfb_dollars,
  cast(dnfc_count as bigint) as dnfc_count,
  dollars_of(dnfc_cents) as dnfc_dollars,
  cast(fbns_count as bigint) as fbns_count,
  dollars_of(fbns_cents) as fbns_dollars,
  cast(dnfb_count + fbns_count as bigint) as dnsp_count,
  dollars_of(dnfb_cents + fbns_cents) as dnsp_dollars,
  cast(past_hold_count as bigint) as past_hold_count,
  dollars_of(past_hold_cents) as past_hold_dollars,
  dollars_of(him_cents) as him_dollars,
  dollars_of(owned_cents) as owned_dollars
from stock
inner join core.unbilled_day as calendar
  on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
