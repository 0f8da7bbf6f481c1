-- One row per hospital account: how long it took from discharge, and from final coding, to the first final bill, where it went out.
--
-- Key       account_id
-- Apart     account_id
-- Counts    days are decimal, between UTC moments; negative ones (billed before discharge or coding) are kept
--           discharge_at is the last of the account's encounters and null while one is in house; final_coded_at the last of
--           their first final codes, null while one has none; final_billed_at the account's first final bill
--           observed_until_at: up to when the encounters of an account that say so were looked at; the others are watched as
--           long as their feed speaks, which moves every night (mart.billing_turnaround)
-- Excludes  accounts combined, voided, or with bills of no date; facilities of which no bills arrive
with member as (
  select
    account_member.account_id,
    count(*) as encounter_count,
    count(discharge_at) as discharge_count,
    max(discharge_at) as discharge_at,
    max(discharge_date) as discharge_date,
    count(final_coded_at) as coded_count,
    max(final_coded_at) as final_coded_at,
    max(observed_until_at) as observed_until_at
  from core.encounter
  inner join core.account_member using (encounter_id)
  left join core.coding_milestone using (encounter_id)
  group by account_member.account_id
),
final_bill as (
  select account_id, min(final_billed_at) as final_billed_at
  from core.billing
  inner join core.account_member using (encounter_id)
  group by account_id
),
timed as (
  select
    account.account_id,
    account.facility_id,
    account.service_line,
    account.patient_class,
    account.payer_class,
    case when discharge_count = member.encounter_count then member.discharge_at end as discharge_at,
    case when discharge_count = member.encounter_count then member.discharge_date end as discharge_date,
    case when coded_count = member.encounter_count then final_coded_at end as final_coded_at,
    final_billed_at,
    observed_until_at
  from core.account
  inner join member on member.account_id = account.account_id
  left join final_bill on final_bill.account_id = account.account_id
  where exclusion is null or exclusion = 'in_house'
)
select
  account_id,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  discharge_date,
  date_of(final_coded_at) as final_coded_date,
  discharge_at,
  final_coded_at,
  final_billed_at,
  observed_until_at,
  days_between(final_coded_at, final_billed_at) as coded_to_billed_days,
  days_between(discharge_at, final_billed_at) as discharge_to_billed_days
from timed
