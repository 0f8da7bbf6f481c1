-- One row per bill and stretch of days over which it was final and not submitted to the payer: FBNS.
--
-- Key       encounter_id, bill_no, start_date
-- Counts    as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts.
--           Only the last final bill of an account waits, with its own gross charges; while the account is reopened it is
--           unbilled instead (see core.account_stretch), so no account is in both
-- Excludes  voided bills; submitted on the day they were billed, or before; facilities that send no times of submission;
--           accounts with an exclusion
with waiting as (
  select
    account_id,
    encounter_id,
    bill_no,
    gross_cents,
    entry_date,
    coalesce(waits_until_date, date '9999-12-31') as waits_until_date
  from core.account_bill
  inner join core.account using (account_id)
  inner join core.billing_feed as feed on feed.facility_key = coalesce(account.facility_id, '')
  where
    feed.has_submissions
    and not is_voided
    and (waits_until_date is null or waits_until_date > entry_date)
),
beginning as (
  select account_id, encounter_id, bill_no, gross_cents, waits_until_date, entry_date as start_date
  from waiting
  union all
  select account_id, encounter_id, bill_no, gross_cents, waits_until_date, reopening.end_date
  from waiting
  inner join core.account_reopening as reopening using (account_id)
  where reopening.end_date > entry_date and reopening.end_date < waits_until_date
),
stretch as (
  select
    beginning.account_id,
    encounter_id,
    bill_no,
    gross_cents,
    beginning.start_date,
    earlier_of(waits_until_date, min(reopening.start_date)) as end_date
  from beginning
  left join core.account_reopening as reopening
    on reopening.account_id = beginning.account_id
    and coalesce(reopening.end_date, date '9999-12-31') > beginning.start_date
  group by beginning.account_id, encounter_id, bill_no, gross_cents, beginning.start_date, waits_until_date
)
select
  account_id,
  encounter_id,
  bill_no,
  start_date,
  case when end_date < date '9999-12-31' then end_date end as end_date,
  gross_cents
from stretch
where end_date > start_date
