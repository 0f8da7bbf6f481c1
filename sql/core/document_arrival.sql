-- One row per facility, kind of document and event that arrives of it: how often it does.
--
-- Key  facility_key, doc_type, event
select coalesce(encounter.facility_id, '') as facility_key, doc_type, event, count(*) as event_count
from core.document
inner join core.encounter using (encounter_id)
group by coalesce(encounter.facility_id, ''), doc_type, event
