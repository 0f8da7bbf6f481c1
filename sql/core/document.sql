-- One row per event in the life of a document.
--
-- Key    document_id, event
-- Apart  encounter_id
-- Links  document_id
select
  document_id,
  encounter_id,
  doc_type,
  event,
  event_at,
  event_date,
  hours_from_discharge,
  priority,
  provider_id
from staging.document
