select
  encounter_id(stay_id) as encounter_id,
  bill_no,
  dollars(bill_cents) as gross_charges,
  case when not combined then known(final_at) end as first_billed_ts,
  case when not combined then known(final_at) end as final_billed_ts,
  case when not combined then known(submitted_at) end as submitted_ts,
  case
    when discharge_at is null then 'open'
    when combined then 'combined'
    when voided then 'voided'
    when final_at >= getvariable('as_of') then 'discharged_not_billed'
    when after(final_at, lognormal(stay_id, 'paid', 900, 0.5)) >= getvariable('as_of') then 'billed'
    when u(stay_id, 'never paid') < 0.015 then 'bad_debt'
    else 'zero_balance' end as bill_status,
  bill_hold_days
from bill
order by stay_id, bill_no
