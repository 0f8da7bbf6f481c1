-- One row per facility whose verbal orders are told by deficiencies: how many are.
--
-- Key  facility_key
select coalesce(encounter.facility_id, '') as facility_key, count(*) as order_count
from core.verbal_order
inner join core.encounter using (encounter_id)
where told_by = 'deficiency'
group by coalesce(encounter.facility_id, '')
