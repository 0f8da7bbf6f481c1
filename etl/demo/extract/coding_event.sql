with worked as (
  select *,
    greatest(ready_at, after(first_coded_at, -minutes / 60)) as begun_at,
    case when final_coded_at > first_coded_at then after(first_coded_at, 0.1) end as held_at,
    after(final_coded_at, 0.2) as abstracted_at,
    recoded_at(stay_id, billed_at) as recoded_at
  from stay
  where discharge_at is not null
), happened as (
  select stay_id, coder_no, minutes,
    unnest(['coding_ready', 'in_progress', 'first_coded', 'on_hold', 'final_coded', 'abstract_complete', 'recoded']) as event,
    unnest([ready_at, begun_at, first_coded_at, held_at, final_coded_at, abstracted_at, recoded_at]) as event_at
  from worked
)
select encounter_id(stay_id) as encounter_id, event, event_at as event_ts, null::integer as event_no, null::double as hours_from_discharge,
  case when event <> 'coding_ready' then coder_id(coder_no) end as coder_id,
  case when event = 'first_coded' then round(minutes, 1) end as minutes_spent
from happened
where event_at < getvariable('as_of')
