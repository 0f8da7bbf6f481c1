-- One row per facility and day, in UTC, of events of documents: how many there were.
--
-- Key     facility_key, event_day
-- Counts  event_day: null for events of which no time is told
select coalesce(encounter.facility_id, '') as facility_key, date_of(event_at) as event_day, count(*) as event_count
from core.document
inner join core.encounter using (encounter_id)
group by coalesce(encounter.facility_id, ''), date_of(event_at)
