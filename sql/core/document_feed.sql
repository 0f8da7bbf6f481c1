-- One row per facility of which documents arrive.
--
-- Key     facility_key
-- Counts  first_arrived_at: UTC moment of the first event of any document; null where none has a time
select coalesce(encounter.facility_id, '') as facility_key, min(document.event_at) as first_arrived_at
from core.document
inner join core.encounter on encounter.encounter_id = document.encounter_id
group by coalesce(encounter.facility_id, '')
