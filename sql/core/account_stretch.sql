-- One row per account and stretch of days over which it stood unbilled, or billed and not submitted, in one and the same way.
--
-- Every stock and flow of unbilled accounts is counted from here, so any past day can be counted again.
--
-- Key       account_id, start_date
-- Counts    as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts
--           stage         unbilled     discharged, not final billed: from discharge to the first final bill, and again
--                                      while reopened or while a later bill is under way (see core.account_reopening)
--                         unsubmitted  final billed, the last bill not yet sent to the payer
--           coding_state  coded, available or unavailable to coders; of several records the worst; null where no coding
--                         events arrive
--           owner, reason of the hold that stands. Without one: HIM, CODING while available to coders; provider,
--                         DOCUMENTATION while unavailable; system, BILL_HOLD while coded and within the bill hold; null
--                         beyond it (nobody says whose turn it is)
--           is_past_hold  more than bill_hold_days whole days since discharge (discharged on the 1st under 4 days: on the
--                         5th not, on the 6th); null where no bill hold is told
--           gross_cents   gross charges as of those days; of the unsubmitted the bill that waits
--           entered_by    discharged, reopened, or stayed (it stood unbilled the day before, in another way)
--           left_by       billed, closed (coding closed again, or readmitted), or stayed
--           entry_cents   gross charges of the day before where it stayed, else as of the first day
--           within a day nothing counts: discharged and billed on one day never enters
-- Excludes  accounts with an exclusion (see core.account)
with state as (
  select
    account_id,
    change_date as start_date,
    billed,
    max(change_date) over following as end_date,
    max(billed) over following as next_billed,
    max(discharge_date) over so_far as discharge_date,
    sum(in_house) over so_far as in_house,
    sum(open) over so_far as open,
    sum(waiting) over so_far as waiting,
    sum(waiting_cents) over so_far as waiting_cents,
    sum(charge_cents) over so_far as charge_cents,
    sum(unavailable) over so_far as unavailable,
    sum(available) over so_far as available,
    sum(hold_no) over so_far as hold_no
  from core.account_change
  window
    following as (partition by account_id order by change_date rows between 1 following and 1 following),
    so_far as (partition by account_id order by change_date rows between unbounded preceding and current row)
),
staged as (
  select
    *,
    case
      when in_house > 0 then 'none'
      when open > 0 then 'unbilled'
      when waiting > 0 then 'unsubmitted'
      else 'none'
    end as stage
  from state
),
neighboured as (
  select
    *,
    max(stage) over before as stage_before,
    max(charge_cents) over before as charge_cents_before,
    max(stage) over after as stage_after,
    max(in_house) over before as in_house_before
  from staged
  window
    before as (partition by account_id order by start_date rows between 1 preceding and 1 preceding),
    after as (partition by account_id order by start_date rows between 1 following and 1 following)
),
named as (
  select
    neighboured.account_id,
    neighboured.start_date,
    neighboured.end_date,
    neighboured.discharge_date,
    stage,
    case
      when not feed.has_coding then null
      when unavailable > 0 then 'unavailable'
      when available > 0 then 'available'
      else 'coded'
    end as coding_state,
    neighboured.start_date > add_days(neighboured.discharge_date, bill_hold_days) as is_past_hold,
    hold.hold_no as standing_hold_no,
    hold.owner as hold_owner,
    hold.reason_code as hold_reason,
    charge_cents,
    waiting_cents,
    case
      when stage_before = 'unbilled' then 'stayed'
      when stage_before is null or in_house_before > 0 then 'discharged'
      else 'reopened'
    end as entered_by,
    case
      when neighboured.end_date is null then null
      when stage_after = 'unbilled' then 'stayed'
      when next_billed > 0 then 'billed'
      else 'closed'
    end as left_by,
    case when stage_before = 'unbilled' then charge_cents_before else charge_cents end as entry_cents
  from neighboured
  inner join core.account on account.account_id = neighboured.account_id
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
  left join core.account_hold as hold
    on hold.account_id = neighboured.account_id and hold.hold_no = neighboured.hold_no
  where stage <> 'none'
)
select
  account_id,
  start_date,
  end_date,
  discharge_date,
  stage,
  coding_state,
  case
    when standing_hold_no is not null then hold_owner
    when coding_state = 'available' then 'HIM'
    when coding_state = 'unavailable' then 'provider'
    when coding_state = 'coded' and not is_past_hold then 'system'
  end as owner,
  case
    when standing_hold_no is not null then hold_reason
    when coding_state = 'available' then 'CODING'
    when coding_state = 'unavailable' then 'DOCUMENTATION'
    when coding_state = 'coded' and not is_past_hold then 'BILL_HOLD'
  end as reason,
  is_past_hold,
  cast(case when stage = 'unbilled' then charge_cents else waiting_cents end as bigint) as gross_cents,
  case when stage = 'unbilled' then entered_by end as entered_by,
  case when stage = 'unbilled' then left_by end as left_by,
  cast(case when stage = 'unbilled' then entry_cents end as bigint) as entry_cents
from named
