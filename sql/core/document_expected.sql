-- One row per document that something asks for: what was done about it, and when.
--
-- Key       expected_id, doc_type, action_type
-- Apart     encounter_id
-- Counts    expected_id: the encounter, of histories and discharge summaries; the surgical case, of operative reports; the
--           order; the document, of transcriptions (action_type transcribe)
--           event_at: what starts the clock by nature (event_clock): admission, end of surgery, discharge, the order,
--           the dictation; done_at: when it was done; before_at: what it must come before besides (the first surgery)
-- Excludes  facilities of which no such documents arrive: not known. Discharge summaries of stays shorter than the
--           setting short_stay_hours, where a final note is allowed for them
with short_stay as (
  select max(cast(value as double)) as hours
  from core.metric_setting
  where name = 'short_stay_hours'
),
summary as (
  select encounter_id, min(signed_at) as signed_at, min(signed_date) as signed_date
  from core.document_milestone
  where doc_type = 'DS'
  group by encounter_id
),
expected as (
  select
    encounter_id as expected_id,
    'HP' as doc_type,
    'perform' as action_type,
    encounter_id,
    cast(null as varchar) as provider_id,
    cast(null as varchar) as priority,
    'admit' as event_clock,
    admit_at as event_at,
    admit_date as event_date,
    documented_at as done_at,
    documented_date as done_date,
    first_case_at as before_at,
    first_case_date as before_date
  from core.history_physical
  union all
  select
    procedure_case_id,
    doc_type,
    'perform',
    encounter_id,
    surgeon_id,
    null,
    'surgery_end',
    end_at,
    end_date,
    written_at,
    written_date,
    null,
    null
  from core.case_report
  union all
  select
    encounter.encounter_id,
    'DS',
    'sign',
    encounter.encounter_id,
    null,
    null,
    'discharge',
    discharge_at,
    discharge_date,
    summary.signed_at,
    summary.signed_date,
    null,
    null
  from core.encounter
  cross join short_stay
  left join summary on summary.encounter_id = encounter.encounter_id
  where
    discharge_at is not null
    and patient_class in ('inpatient', 'observation', 'outpatient_surgery')
    and coalesce(hours_between(admit_at, discharge_at) >= short_stay.hours, true)
  union all
  select
    order_id,
    'VERBAL_ORDER',
    'sign',
    encounter_id,
    provider_id,
    null,
    'order',
    order_at,
    order_date,
    authenticated_at,
    authenticated_date,
    null,
    null
  from core.verbal_order
  union all
  select
    document_id,
    doc_type,
    'transcribe',
    encounter_id,
    provider_id,
    priority,
    'dictation',
    dictated_at,
    dictated_date,
    transcribed_at,
    transcribed_date,
    null,
    null
  from core.document_milestone
  where dictated_at is not null
),
arriving as (
  select facility_key, doc_type, 'perform' as action_type
  from core.facility_document
  where has_writing
  union all
  select facility_key, doc_type, 'sign'
  from core.facility_document
  where has_signature and doc_type <> 'VERBAL_ORDER'
  union all
  select facility_key, 'VERBAL_ORDER', 'sign'
  from core.facility_document
  where doc_type = 'VERBAL_ORDER' and has_authorship and has_signature
  union all
  select facility_key, 'VERBAL_ORDER', 'sign'
  from core.order_deficiency
  union all
  select facility_key, doc_type, 'transcribe'
  from core.facility_document
  where has_transcription
)
select
  expected.expected_id,
  expected.doc_type,
  expected.action_type,
  expected.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.admit_at,
  encounter.admit_date,
  encounter.discharge_at,
  encounter.discharge_date,
  coalesce(expected.provider_id, encounter.attending_provider_id) as provider_id,
  expected.priority,
  expected.event_clock,
  expected.event_at,
  expected.event_date,
  expected.done_at,
  expected.done_date,
  expected.before_at,
  expected.before_date
from expected
inner join core.encounter on encounter.encounter_id = expected.encounter_id
inner join arriving
  on arriving.facility_key = coalesce(encounter.facility_id, '')
  and arriving.doc_type = expected.doc_type
  and arriving.action_type = expected.action_type
