-- Documents of the chart by event; then what stands beside them: updates of an older history and physical, brief notes
-- on operations, and consents on paper, which are scanned.
with lived as (
  select *, doc_type in ('DS', 'OP') or doc_type = 'HP' and u(paper_id, 'dictates') < 0.3 as dictates
  from paper
  where doc_type <> 'CODING_QUERY'
), told as (
  select printf('doc-%09d', paper_id) as document_id, stay_id, doc_type, provider_id,
    unnest([case when dictates then 'dictated' else 'authored' end, case when dictates then 'transcribed' end, 'signed']) as event,
    unnest([authored_at, least(signed_at, after(authored_at, lognormal(paper_id, 'transcribed', 5, 0.5))), signed_at]) as event_at
  from lived
), surgical as (
  select *, theatre_from(stay_id, admit_at, discharge_at) as begins, provider_id(facility_no, service_no, attending_no) as provider_id
  from stay
  where has_theatre and class_no in (1, 4)
), beside as (
  select printf('update-%08d', stay_id) as document_id, stay_id, 'HP_UPDATE' as doc_type, provider_id, ['authored', 'signed'] as events,
    -- One in thirty is written when the operation is under way.
    case when u(stay_id, 'update late') < 0.03 then after(begins, 1) else after(admit_at, 0.9 * hours_between(admit_at, begins) * u(stay_id, 'update')) end as written_at,
    0.1 as hours
  from surgical
  where history_before(stay_id, class_no, has_theatre) and u(stay_id, 'updated') < 0.97
  union all
  select printf('brief-%08d', stay_id), stay_id, 'OP_BRIEF', provider_id, ['authored', 'signed'],
    after(theatre_to(stay_id, theatre, begins, discharge_at), lognormal(stay_id, 'brief', 0.4, 0.7)), 0.1
  from surgical
  where theatre = 'operating_room' and u(stay_id, 'brief note') < 0.9
  union all
  -- Story go-live: paper waits for the scanner as well.
  select printf('consent-%08d', stay_id), stay_id, 'CONSENT', null, ['received', 'scanned', 'indexed'],
    finish(facility_no, discharge_at, lognormal(stay_id, 'received', 9, 0.6), 1.5), lognormal(stay_id, 'scanned', 5, 0.8) * case when getvariable('go-live') and facility_no = 1 and discharge_at >= timestamp '2026-05-30' then 4 else 1 end
  from stay
  where class_no in (1, 3, 4) and discharge_at is not null
), every as (
  select document_id, stay_id, doc_type, provider_id, event, event_at from told where event is not null
  union all
  select document_id, stay_id, doc_type, provider_id, unnest(events), unnest([written_at, after(written_at, hours), after(written_at, 1.6 * hours)][:len(events)])
  from beside
)
select
  document_id,
  encounter_id(stay_id) as encounter_id,
  doc_type,
  event,
  event_at as event_ts,
  null::double as hours_from_discharge,
  case when doc_type in ('OP', 'OP_BRIEF', 'ED') then 'stat' else 'routine' end as priority,
  provider_id
from every
where event_at < getvariable('as_of')
