-- One row per account in the stocks and day on which its gross charges changed, from its first discharge on.
--
-- Key       account_id, charge_date
-- Counts    charge_cents: the change; charges posted by the day of discharge stand on that day, late ones on their own.
--           Of facilities that post no charges: the gross charges of each encounter's first bill, else the encounter's
--           total charges where none of the account has a bill, all on the day of discharge
-- Excludes  accounts of which no charges are told at all: their dollars are not known
with account_feed as (
  select account_id, has_charges
  from core.account
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
  where exclusion is null
),
posted as (
  select account_id, later_of(posted_date, account_discharge_date) as charge_date, sum(amount_cents) as charge_cents
  from core.charge_event
  inner join core.account_encounter using (encounter_id)
  inner join account_feed using (account_id)
  where has_charges and posted_date is not null
  group by account_id, later_of(posted_date, account_discharge_date)
),
first_bill as (
  select encounter_id, min(bill_no) as bill_no
  from core.billing
  group by encounter_id
),
told as (
  select
    account_id,
    account_discharge_date as charge_date,
    sum(cents_of(gross_charges)) as bill_cents,
    sum(cents_of(total_charges)) as encounter_cents
  from core.account_encounter
  inner join account_feed using (account_id)
  left join first_bill using (encounter_id)
  left join core.billing using (encounter_id, bill_no)
  where not has_charges
  group by account_id, account_discharge_date
)
select account_id, charge_date, cast(charge_cents as bigint) as charge_cents
from posted
where charge_cents <> 0
union all
select account_id, charge_date, cast(coalesce(bill_cents, encounter_cents) as bigint)
from told
where coalesce(bill_cents, encounter_cents) is not null
