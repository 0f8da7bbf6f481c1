-- One row per posting of charges to an encounter's account, by the day it was posted.
--
-- Key  charge_event_id
select
  charge_event_id,
  encounter_id,
  date_at(posted_ts, case when source.is_instant then 'UTC' else source.timezone end, source.timezone) as posted_date,
  amount_cents,
  source_id
from raw.charge_event
left join raw.source as source using (source_id)
