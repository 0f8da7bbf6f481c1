-- One row per answered query that tells the DRG weight before and after: what it changed.
--
-- Key       query_id
-- Kind      view
-- Counts    weight_change: after less before, exact to four digits
-- Excludes  queries cancelled, or without an answer; records whose own DRGs are of several grouper versions
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
  sent_date,
  answered_at as known_at,
  weight_change
from core.query
where is_counted and is_answered and weight_change is not null
