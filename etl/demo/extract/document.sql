with lived as (
  select *,
    unnest([case when doc_type in ('DS', 'OP') then 'dictated' else 'authored' end, case when doc_type in ('DS', 'OP') then 'transcribed' end, 'signed']) as event,
    unnest([authored_at, least(signed_at, after(authored_at, lognormal(paper_id, 'transcribed', 5, 0.5))), signed_at]) as event_at
  from paper
  where doc_type <> 'CODING_QUERY'
)
select
  printf('doc-%09d', paper_id) as document_id,
  encounter_id(stay_id) as encounter_id,
  doc_type,
  event,
  event_at as event_ts,
  null::double as hours_from_discharge,
  case when doc_type in ('OP', 'ED') then 'stat' else 'routine' end as priority,
  provider_id
from lived
where event is not null and event_at < getvariable('as_of')
