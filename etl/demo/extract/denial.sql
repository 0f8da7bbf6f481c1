select
  printf('N%010d', denial_no) as denial_id,
  encounter_id(stay_id) as encounter_id,
  printf('K%010d', claim_no) as claim_id,
  null::integer as line_no,
  received_at as received_ts,
  carc,
  rarc,
  category,
  ['initial', 'second'][level_no] as level,
  u(claim_no, 'primary') < 0.94 as is_primary_payer,
  dollars(bill_cents) as billed_amt,
  dollars(denied_cents) as denied_amt,
  known(appealed_at) as appealed_ts,
  known(resolved_at) as resolved_ts,
  case when resolved_at < getvariable('as_of') then outcome end as outcome,
  case when resolved_at < getvariable('as_of') then dollars(case outcome when 'overturned' then denied_cents when 'partial' then denied_cents * 2 // 5 else 0 end) end as recovered_amt,
  case when class_no = 1 then drg end as billed_drg,
  payer_drg,
  case when about_drg and resolved_at < getvariable('as_of') then case outcome when 'overturned' then drg else payer_drg end end as final_drg
from denial
order by denial_no
