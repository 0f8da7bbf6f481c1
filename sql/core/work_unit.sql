-- One row per patient class for which the workspace says how much work one of its records is.
--
-- Key     patient_class
-- Counts  units: work of one record, in units of the workspace's own (an inpatient 1, an emergency visit 0.5)
select
  patient_class,
  units
from staging.work_unit
