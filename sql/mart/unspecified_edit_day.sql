-- One row per facility, service, payer, coder and day of discharge: mart.mce_edit_day of edit 20, unspecified code, alone.
--
-- Key   facility_id, service_line, payer_class, coder_id, discharge_date
-- Kind  view
select
  facility_id,
  service_line,
  payer_class,
  coder_id,
  discharge_date,
  record_count,
  hit_count
from mart.mce_edit_day
where edit = 20
