-- One row per facility and day on which charges were posted: how many were.
--
-- Key  facility_key, posted_date
select coalesce(encounter.facility_id, '') as facility_key, posted_date, count(*) as charge_count
from core.charge_event
inner join core.encounter using (encounter_id)
where posted_date is not null
group by coalesce(encounter.facility_id, ''), posted_date
