-- One row per event in the coding of an encounter.
--
-- Key  encounter_id, event, event_at, hours_from_discharge, event_no
select
  encounter_id,
  event,
  event_at,
  event_date,
  event_no,
  hours_from_discharge,
  coder_id,
  minutes_spent
from staging.coding_event
