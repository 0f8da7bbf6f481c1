select facility_id, facility_name, facility_type, tz, bed_count
from facility
order by facility_no
