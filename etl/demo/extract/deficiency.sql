with asked as (
  select * exclude (asked_at), unnest([
      {'action_type': case when doc_type = 'CODING_QUERY' then 'modify' else 'perform' end, 'asked_at': case when performs then asked_at end, 'done_at': authored_at, 'no': 1},
      {'action_type': case when class_no = 1 and u(paper_id, 'resident') < 0.1 then 'cosign' else 'sign' end, 'asked_at': sign_asked_at, 'done_at': signed_at, 'no': 2}
    ], recursive := true)
  from paper
)
select
  printf('D%09d', paper_id * 2 + no) as deficiency_id,
  encounter_id(stay_id) as encounter_id,
  doc_type,
  action_type,
  provider_id,
  asked_at as assigned_ts,
  known(after(asked_at, 1)) as allocated_ts,
  case when withdrawn is null then known(done_at) end as completed_ts,
  case when withdrawn is not null then known(least(done_at, after(asked_at, 30))) end as cancelled_ts,
  case
    when withdrawn is not null and least(done_at, after(asked_at, 30)) < getvariable('as_of') then withdrawn
    when withdrawn is null and done_at < getvariable('as_of') then 'completed'
    when action_type = 'sign' and u(paper_id, 'pending') < 0.1 then 'pending'
    else 'open' end as status,
  case when timing = 'concurrent' then 'concurrent' else pick(paper_id, 'analysis', ['quantitative', 'quantitative', 'quantitative', 'qualitative']) end as analysis_type,
  case when u(paper_id, 'manual') < 0.18 then 'manual' else 'auto' end as created_by,
  null::double as hours_from_discharge_assigned,
  null::double as hours_from_discharge_completed
from asked
where asked_at < getvariable('as_of')
