-- One row per bill that went out finally for an account in the stocks: the original, late charges, rebills.
--
-- Key       encounter_id, bill_no
-- Counts    entry_date: its day, or that of the account's first discharge, if later
--           waits_until_date: the first day on which the bill no longer waits for its payer: it was submitted, or a later
--           bill took its place; null while it waits
--           is_first: the first of the account
-- Ties      of bills of one moment the lower number, then the first encounter
with final_bill as (
  select
    account_id,
    encounter_id,
    bill_no,
    bill_status,
    gross_charges,
    final_billed_at,
    final_billed_date,
    later_of(final_billed_date, account_discharge_date) as entry_date,
    submitted_date
  from core.billing
  inner join core.account_encounter using (encounter_id)
  where final_billed_date is not null
),
in_turn as (
  select
    *,
    row_number() over (partition by account_id order by final_billed_at, bill_no, encounter_id) as turn,
    max(final_billed_date) over (
      partition by account_id
      order by final_billed_at, bill_no, encounter_id
      rows between 1 following and 1 following
    ) as next_billed_date
  from final_bill
)
select
  account_id,
  encounter_id,
  bill_no,
  cents_of(gross_charges) as gross_cents,
  final_billed_at,
  final_billed_date,
  entry_date,
  earlier_of(submitted_date, next_billed_date) as waits_until_date,
  turn = 1 as is_first,
  coalesce(bill_status = 'voided', false) as is_voided
from in_turn
