-- One row per encounter whose facility's clock is not the one that all sources are configured with.
--
-- Extracts about an encounter carry no facility: this is how they find its clock. Where facilities and sources agree on
-- the time zone, as they mostly do, there are no rows and nothing needs looking up.
--
-- Key   encounter_id
-- Ties  an encounter sent with two facilities takes the zone first in the alphabet
select encounter_id, min(facility.tz) as zone
from raw.encounter
inner join raw.facility as facility using (facility_id)
where exists (select 1 from raw.source as source where source.timezone is null or source.timezone <> facility.tz)
group by encounter_id
