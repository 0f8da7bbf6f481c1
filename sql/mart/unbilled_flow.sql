-- One row per day, facility, service, class, payer and state of coding: how far unbilled accounts changed on that day.
--
-- The flows that mart.unbilled_day adds up to stocks. They are sums over accounts, so a night changes the rows of its own
-- accounts alone.
--
-- Key       facility_id, service_line, patient_class, payer_class, coding_state, day
-- Counts    turn_count: stretches that begin or end on that day. The others are what began on that day less what ended,
--           in accounts and in cents, and mean what they mean in mart.unbilled_day; days to come are told too
-- Excludes  as in mart.unbilled_day
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
stretch as (
  select
    account_id,
    1 as dnfb,
    0 as fbns,
    coding_state,
    case when is_past_hold then 1 else 0 end as past_hold,
    case when owner = 'HIM' then 1 else 0 end as him,
    start_date,
    end_date,
    coalesce(gross_cents, 0) as cents
  from core.account_stretch
  union all
  select account_id, 0, 1, null, 0, 0, start_date, end_date, coalesce(gross_cents, 0)
  from core.unsubmitted_stretch
),
turn as (
  select account_id, start_date as day, 1 as sign, dnfb, fbns, coding_state, past_hold, him, cents
  from stretch
  union all
  select account_id, end_date, -1, dnfb, fbns, coding_state, past_hold, him, -cents
  from stretch
  where end_date is not null
)
select
  facility_id,
  service_line,
  patient_class,
  payer_class,
  case when fbns = 1 then billed_state else coding_state end as coding_state,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(dnfb * sign) as bigint) as dnfb_count,
  cast(sum(dnfb * cents) as bigint) as dnfb_cents,
  cast(sum(case when coding_state in ('available', 'unavailable') then dnfb * sign else 0 end) as bigint) as dnfc_count,
  cast(sum(case when coding_state in ('available', 'unavailable') then dnfb * cents else 0 end) as bigint) as dnfc_cents,
  cast(sum(fbns * sign) as bigint) as fbns_count,
  cast(sum(fbns * cents) as bigint) as fbns_cents,
  cast(sum(past_hold * sign) as bigint) as past_hold_count,
  cast(sum(past_hold * cents) as bigint) as past_hold_cents,
  cast(sum(him * cents) as bigint) as him_cents,
  cast(sum(dnfb * is_owned * cents) as bigint) as owned_cents
from turn
inner join place using (account_id)
group by
  facility_id,
  service_line,
  patient_class,
  payer_class,
  case when fbns = 1 then billed_state else coding_state end,
  day,
  month_of(day)
