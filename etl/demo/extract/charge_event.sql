-- Postings that add up to the encounter's charges: daily through the stay, the last of a few after the bill went out.
with posting as (
  select stay_id, cents, postings, has_late_charge, admit_at, discharge_at, billed_at, unnest(range(1, postings + 1))::integer as nth from stay
), posted as (
  select *,
    case
      when has_late_charge and nth = postings and postings > 1 then after(billed_at, 24 * (1 + 5 * u(stay_id, 'late')))
      else after(admit_at, hours_between(admit_at, coalesce(discharge_at, getvariable('as_of')::timestamp)) * (nth - 0.5) / postings + case when discharge_at is null then 0 else 6 end) end as posted_at
  from posting
)
select printf('C%010d', stay_id * 16 + nth) as charge_event_id, encounter_id(stay_id) as encounter_id, posted_at as posted_ts,
  cents * nth // postings - cents * (nth - 1) // postings as amount_cents
from posted
where posted_at < getvariable('as_of')
