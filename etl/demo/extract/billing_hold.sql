-- Why an account is not billed yet, and whose turn it is: intervals that follow each other from discharge to bill.
with held as (
  select stay_id, cents, unnest([
      {'reason_code': case when u(stay_id, 'document') < 0.85 then 'MISSING_DOCUMENT' else 'CHART_ASSEMBLY' end, 'owner': case when u(stay_id, 'document') < 0.85 then 'provider' else 'HIM' end,
        'start_at': discharge_at, 'end_at': ready_at},
      {'reason_code': 'CODING', 'owner': 'HIM', 'start_at': ready_at, 'end_at': first_coded_at},
      {'reason_code': 'CODING_QUERY', 'owner': 'provider', 'start_at': case when final_coded_at > first_coded_at then first_coded_at end, 'end_at': final_coded_at},
      {'reason_code': coalesce(edit, 'BILL_HOLD'), 'owner': case edit when 'PAYER_AUTH' then 'payer' when 'REGISTRATION' then 'registration' when 'CHARGE_REVIEW' then 'charge' else 'system' end,
        'start_at': final_coded_at, 'end_at': billed_at}
    ], recursive := true)
  from stay
  where discharge_at is not null and not is_combined(stay_id, class_no)
)
select encounter_id(stay_id) as encounter_id, reason_code, owner, start_at as start_ts, known(end_at) as end_ts, dollars(cents) as amount
from held
where start_at < getvariable('as_of') and end_at > start_at
