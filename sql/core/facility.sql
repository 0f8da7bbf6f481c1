-- One row per facility.
--
-- Key  facility_id
select
  facility_id,
  coalesce(facility_name, facility_id) as facility_name,
  facility_type,
  tz,
  bed_count
from staging.facility
