-- The original bill of every encounter, and a second one for charges posted after it.
with bill as (
  select *, unnest([1, 2]) as bill_no from stay
), dated as (
  select *,
    case bill_no when 1 then billed_at else after(billed_at, 24 * (7 + 20 * u(stay_id, 'late bill'))) end as final_at
  from bill
  where bill_no = 1 or has_late_charge and postings > 1 and after(billed_at, 24 * (7 + 20 * u(stay_id, 'late bill'))) < getvariable('as_of')
)
select
  encounter_id(stay_id) as encounter_id,
  bill_no,
  dollars(case bill_no when 1 then cents - case when has_late_charge then late_cents(cents, postings) else 0 end else late_cents(cents, postings) end) as gross_charges,
  known(final_at) as first_billed_ts,
  known(final_at) as final_billed_ts,
  known(after(final_at, 5 + 30 * u(stay_id, 'submitted'))) as submitted_ts,
  case
    when discharge_at is null then 'open'
    when final_at >= getvariable('as_of') then 'discharged_not_billed'
    when after(final_at, lognormal(stay_id, 'paid', 900, 0.5)) < getvariable('as_of') then 'zero_balance'
    else 'billed' end as bill_status,
  bill_hold_days
from dated
