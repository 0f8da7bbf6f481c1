-- One row per surgical case.
--
-- Key  procedure_case_id
select
  procedure_case_id,
  encounter_id,
  location,
  start_at,
  start_date,
  end_at,
  end_date,
  surgeon_id
from staging.procedure_case
