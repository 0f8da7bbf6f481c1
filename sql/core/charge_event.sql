-- One row per posting of charges to an encounter's account; credits are negative.
--
-- Key  charge_event_id
select
  charge_event_id,
  encounter_id,
  posted_at,
  posted_date,
  amount_cents
from staging.charge_event
