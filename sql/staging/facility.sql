-- One row per facility.
--
-- Key  facility_id
select
  facility_id,
  trim(facility_name) as facility_name,
  trim(facility_type) as facility_type,
  tz,
  bed_count,
  source_id
from raw.facility
