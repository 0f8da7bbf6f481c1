-- One row per stretch of days for which an account came back after its first final bill.
--
-- Key       account_id, opening_no
-- Counts    as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts
--           coding reopened: until the next final bill, or until coding closes again and the bill stands
--           a later bill begun: from its first bill to its final one
--           what overlaps is told once: no two stretches of an account share a day
-- Excludes  what was reopened and closed within one day; voided bills
with first_bill as (
  select account_id, final_billed_at as first_billed_at
  from core.account_bill
  where is_first
),
step as (
  select account_id, event_at as step_at, event_date as step_date, event = 'reopened' as opens
  from core.coding_event
  inner join core.account_encounter using (encounter_id)
  inner join first_bill using (account_id)
  where event in ('reopened', 'final_coded', 'recoded') and event_at > first_billed_at
  union all
  select account_id, final_billed_at, final_billed_date, false
  from core.account_bill
  where not is_first
),
stepped as (
  select
    account_id,
    step_date,
    opens,
    max(step_date) over (
      partition by account_id
      order by step_at, case when opens then 0 else 1 end
      rows between 1 following and 1 following
    ) as next_date
  from step
),
opening as (
  select account_id, step_date as start_date, coalesce(next_date, date '9999-12-31') as end_date
  from stepped
  where opens
  union all
  select account_id, first_billed_date, coalesce(final_billed_date, date '9999-12-31')
  from core.billing
  inner join core.account_encounter using (encounter_id)
  inner join first_bill using (account_id)
  where
    billing.first_billed_at > first_bill.first_billed_at
    and (bill_status is null or bill_status <> 'voided')
),
queued as (
  select
    *,
    max(end_date) over (
      partition by account_id
      order by start_date, end_date
      rows between unbounded preceding and 1 preceding
    ) as open_until_date
  from opening
),
apart as (
  select
    account_id,
    later_of(later_of(start_date, open_until_date), account.discharge_date) as start_date,
    end_date
  from queued
  inner join core.account using (account_id)
)
select
  account_id,
  row_number() over (partition by account_id order by start_date) as opening_no,
  start_date,
  case when end_date < date '9999-12-31' then end_date end as end_date
from apart
where end_date > start_date
