-- One row per day, facility, service, patient class, payer and state of coding: accounts discharged and not with the payer.
--
-- Key       stock_date, facility_id, service_line, patient_class, payer_class, coding_state
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days. Dollars are
--           gross charges as of that day. Every group has a row on every day from its first account to the last day told of
--           dnfb       discharged, not final billed; dnfc: those of them without final codes
--           fbns       final billed, not submitted to the payer; dnsp: dnfb and fbns
--           past_hold  dnfb longer discharged than the bill hold
--           him        dnfb whose owner is HIM, of `owned` dollars: dnfb of facilities that send holds or coding events
-- Excludes  accounts with an exclusion (see core.account); fbns of facilities that send no times of submission
with place as (
  select
    account_id,
    facility_id,
    service_line,
    patient_class,
    payer_class,
    case when has_coding then 'coded' end as billed_state,
    case when has_holds or has_coding then 1 else 0 end as is_owned
  from core.account
  inner join core.billing_feed as feed on feed.facility_key = coalesce(facility_id, '')
  where exclusion is null
),
turn as (
  select account_id, coding_state, is_past_hold, owner, start_date as day, 1 as accounts, gross_cents as cents
  from core.account_stretch
  union all
  select account_id, coding_state, is_past_hold, owner, end_date, -1, -gross_cents
  from core.account_stretch
  where end_date is not null
),
bill_turn as (
  select account_id, start_date as day, 1 as accounts, gross_cents as cents
  from core.unsubmitted_stretch
  union all
  select account_id, end_date, -1, -gross_cents
  from core.unsubmitted_stretch
  where end_date is not null
),
change as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    day,
    sum(accounts) as dnfb_count,
    sum(cents) as dnfb_cents,
    sum(case when coding_state in ('available', 'unavailable') then accounts else 0 end) as dnfc_count,
    sum(case when coding_state in ('available', 'unavailable') then cents else 0 end) as dnfc_cents,
    0 as fbns_count,
    0 as fbns_cents,
    sum(case when is_past_hold then accounts else 0 end) as past_hold_count,
    sum(case when is_past_hold then cents else 0 end) as past_hold_cents,
    sum(case when owner = 'HIM' then cents else 0 end) as him_cents,
    sum(case when is_owned = 1 then cents else 0 end) as owned_cents
  from turn
  inner join place using (account_id)
  group by facility_id, service_line, patient_class, payer_class, coding_state, day
  union all
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    billed_state,
    day,
    0,
    0,
    0,
    0,
    sum(accounts),
    sum(cents),
    0,
    0,
    0,
    0
  from bill_turn
  inner join place using (account_id)
  group by facility_id, service_line, patient_class, payer_class, billed_state, day
),
stock_group as (
  select facility_id, service_line, patient_class, payer_class, coding_state, min(day) as first_date
  from change
  group by facility_id, service_line, patient_class, payer_class, coding_state
),
net_change as (
  select facility_id, service_line, patient_class, payer_class, coding_state, day, dnfb_count, dnfb_cents, dnfc_count, dnfc_cents, fbns_count, fbns_cents, past_hold_count, past_hold_cents, him_cents, owned_cents
  from change
  union all
  select facility_id, service_line, patient_class, payer_class, coding_state, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  from stock_group
  inner join core.unbilled_day on day >= first_date
),
day_change as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
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
  from net_change
  group by facility_id, service_line, patient_class, payer_class, coding_state, day
),
stock as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    day,
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
  from day_change
  window
    so_far as (
      partition by facility_id, service_line, patient_class, payer_class, coding_state
      order by day
      rows between unbounded preceding and current row
    )
)
select
  stock.day as stock_date,
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
inner join core.unbilled_day as calendar on calendar.day = stock.day
