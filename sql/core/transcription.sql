-- One row per dictated document: how long until it was transcribed, and from then until it was signed.
--
-- Key       document_id
-- Apart     encounter_id
-- Counts    hours, decimal; 24 a calendar day where hours are not told. on_time_count: transcribed in the hours of the
--           contract (STAT by a setting, everything else by policies of action transcribe; see core.document_due).
--           What is dictated before admission is known with it
--           last_at: the last moment at which it can be in time
-- Excludes  documents never dictated; facilities and kinds of document of which no transcription arrives
select
  due.expected_id as document_id,
  due.encounter_id,
  due.facility_id,
  due.service_line,
  due.patient_class,
  due.provider_id,
  due.doc_type,
  due.priority,
  case when due.is_day_only then 'days' else 'hours' end as precision,
  due.event_at as dictated_at,
  due.event_date as dictated_date,
  due.done_at as transcribed_at,
  due.done_date as transcribed_date,
  document.signed_at,
  case
    when due.is_day_only then cast(24 * day_count(due.event_date, due.done_date) as double)
    else hours_between(due.event_at, due.done_at)
  end as dictated_to_transcribed_hours,
  case
    when due.is_day_only then cast(24 * day_count(due.done_date, document.signed_date) as double)
    else hours_between(due.done_at, document.signed_at)
  end as transcribed_to_signed_hours,
  later_of(due.done_at, due.admit_at) as transcribed_known_at,
  later_of(later_of(due.done_at, document.signed_at), due.admit_at) as signed_known_at,
  case when due.is_on_time then 1 else 0 end as on_time_count,
  due.known_at,
  due.last_at
from core.document_due as due
inner join core.document_milestone as document
  on document.encounter_id = due.encounter_id and document.document_id = due.expected_id
where due.action_type = 'transcribe'
