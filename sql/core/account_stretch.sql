-- One row per account and stretch of days over which it stood discharged and not final billed in one and the same way.
--
-- Every stock and flow of DNFB is counted from here, so any past day can be counted again.
--
-- Key       account_id, start_date
-- Counts    as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts.
--           An account is unbilled from its discharge to its first final bill, and again while it is reopened (see
--           core.account_reopening); not while any of its patients' encounters is in house
--           coding_state  coded, available or unavailable to coders; of several records the worst; null where no coding
--                         events arrive
--           owner, reason of the hold that stands. Without one: HIM, CODING while available to coders; provider,
--                         DOCUMENTATION while unavailable; system, BILL_HOLD while coded and within the bill hold; null
--                         beyond it (nobody says whose turn it is)
--           is_past_hold  more than bill_hold_days whole days since discharge (discharged on the 1st under 4 days: on the
--                         5th not, on the 6th); null where no bill hold is told
--           gross_cents   gross charges as of those days; entry_cents: those of the day before where it stayed
--           entered_by    discharged, reopened, or stayed (it stood unbilled the day before, in another way)
--           left_by       billed, closed (coding closed again, or readmitted), or stayed; null while it lasts
--           within a day nothing counts: discharged and billed on one day never enters
-- Excludes  accounts with an exclusion (see core.account)
with state as (
  select
    account_id,
    change_date,
    counts,
    charge_cents,
    max(change_date) over following as end_date,
    max(counts) over following as next_counts,
    max(discharge_date) over so_far as discharge_date,
    cast(sum(counts) over so_far as bigint) as standing,
    cast(sum(charge_cents) over so_far as bigint) as gross_cents
  from core.account_change
  window
    following as (partition by account_id order by change_date rows between 1 following and 1 following),
    so_far as (partition by account_id order by change_date rows between unbounded preceding and current row)
),
told as (
  select
    *,
    count_at(standing, 1, 10000) = 0 and count_at(standing, 10000, 1000) > 0 as is_unbilled,
    count_at(standing - counts, 1, 10000) as in_house_before,
    count_at(standing - counts, 10000, 1000) as open_before,
    count_at(standing + next_counts, 1, 10000) = 0 and count_at(standing + next_counts, 10000, 1000) > 0
      as stays_unbilled,
    count_at(standing, 10000000, 10000) as unavailable_count,
    count_at(standing, 100000000000, 10000) as available_count,
    count_at(standing, 1000000000000000, 10000) as hold_no
  from state
),
bill_day as (
  select account_id, final_billed_date as bill_date
  from core.account_bill
  group by account_id, final_billed_date
),
stretch as (
  select
    told.account_id,
    told.change_date as start_date,
    told.end_date,
    told.discharge_date,
    case
      when not feed.has_coding then null
      when unavailable_count > 0 then 'unavailable'
      when available_count > 0 then 'available'
      else 'coded'
    end as coding_state,
    told.change_date > add_days(told.discharge_date, account.bill_hold_days) as is_past_hold,
    hold.hold_no,
    hold.owner,
    hold.reason_code,
    gross_cents,
    charge_cents,
    case
      when told.change_date = account.discharge_date or in_house_before > 0 then 'discharged'
      when open_before > 0 then 'stayed'
      else 'reopened'
    end as entered_by,
    case
      when told.end_date is null then null
      when stays_unbilled then 'stayed'
      when bill_day.bill_date is not null then 'billed'
      else 'closed'
    end as left_by
  from told
  inner join core.account on account.account_id = told.account_id
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
  left join core.account_hold as hold on hold.account_id = told.account_id and hold.hold_no = told.hold_no
  left join bill_day on bill_day.account_id = told.account_id and bill_day.bill_date = told.end_date
  where is_unbilled
)
select
  account_id,
  start_date,
  end_date,
  discharge_date,
  coding_state,
  case
    when hold_no is not null then owner
    when coding_state = 'available' then 'HIM'
    when coding_state = 'unavailable' then 'provider'
    when coding_state = 'coded' and not is_past_hold then 'system'
  end as owner,
  case
    when hold_no is not null then reason_code
    when coding_state = 'available' then 'CODING'
    when coding_state = 'unavailable' then 'DOCUMENTATION'
    when coding_state = 'coded' and not is_past_hold then 'BILL_HOLD'
  end as reason,
  is_past_hold,
  gross_cents,
  case when entered_by = 'stayed' then gross_cents - charge_cents else gross_cents end as entry_cents,
  entered_by,
  left_by
from stretch
