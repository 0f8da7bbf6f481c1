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
with stretch as (
  select
    account.facility_id,
    account.service_line,
    account.patient_class,
    account.payer_class,
    coding_state,
    start_date,
    end_date,
    case when stage = 'unbilled' then 1 else 0 end as is_dnfb,
    case when stage = 'unbilled' and coding_state in ('available', 'unavailable') then 1 else 0 end as is_dnfc,
    case when stage = 'unbilled' and is_past_hold then 1 else 0 end as is_past_hold,
    case when stage = 'unbilled' and owner = 'HIM' then 1 else 0 end as is_him,
    case when stage = 'unbilled' and (feed.has_holds or feed.has_coding) then 1 else 0 end as is_owned,
    gross_cents
  from core.account_stretch
  inner join core.account using (account_id)
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
),
stock_group as (
  select facility_id, service_line, patient_class, payer_class, coding_state, min(start_date) as first_date
  from stretch
  group by facility_id, service_line, patient_class, payer_class, coding_state
),
turn as (
  select *, start_date as day, 1 as sign
  from stretch
  union all
  select *, end_date, -1
  from stretch
  where end_date is not null
  union all
  select facility_id, service_line, patient_class, payer_class, coding_state, null, null, 0, 0, 0, 0, 0, 0, day, 0
  from stock_group
  inner join core.unbilled_day on day >= first_date
),
change as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    coding_state,
    day,
    sum(sign * is_dnfb) as dnfb_count,
    sum(sign * is_dnfb * gross_cents) as dnfb_cents,
    sum(sign * is_dnfc) as dnfc_count,
    sum(sign * is_dnfc * gross_cents) as dnfc_cents,
    sum(sign * (1 - is_dnfb)) as fbns_count,
    sum(sign * (1 - is_dnfb) * gross_cents) as fbns_cents,
    sum(sign * is_past_hold) as past_hold_count,
    sum(sign * is_past_hold * gross_cents) as past_hold_cents,
    sum(sign * is_him * gross_cents) as him_cents,
    sum(sign * is_owned * gross_cents) as owned_cents
  from turn
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
  from change
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
