-- One row per dictated document: how long until it was transcribed, and from then until it was signed.
--
-- Key       document_id
-- Kind      view
-- Counts    hours, decimal; 24 a calendar day where hours are not told. on_time_count ÷ due_count: transcribed in the hours
--           of the contract (STAT by a setting, everything else by policies of action transcribe; see core.document_due);
--           due is what is transcribed or can no longer be in time. What is dictated before admission is known with it
-- Excludes  documents never dictated; facilities and kinds of document of which no transcription arrives
select
  document_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  priority,
  precision,
  dictated_at,
  dictated_date,
  transcribed_at,
  transcribed_date,
  signed_at,
  dictated_to_transcribed_hours,
  transcribed_to_signed_hours,
  transcribed_known_at,
  signed_known_at,
  case when transcribed_at is not null or last_at < feed.as_of_at then 1 else 0 end as due_count,
  on_time_count,
  known_at
from core.transcription
cross join (select as_of_at from core.extract_as_of where extract = 'document') as feed
