-- One row per answered query: how long the answer took.
--
-- Key       query_id
-- Kind      view
-- Counts    response_hours from sending to the first answer, decimal
-- Excludes  queries cancelled, or without an answer; answers without a time
select
  query_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  author_id,
  workflow,
  timing,
  query_type,
  answered_date,
  hours_between(sent_at, answered_at) as response_hours
from core.query
where is_counted and answered_at is not null and sent_at is not null
