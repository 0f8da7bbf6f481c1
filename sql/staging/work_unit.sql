-- One row per patient class for which the workspace says how much work one of its records is.
--
-- Key  patient_class
select
  lower(trim(patient_class)) as patient_class,
  cast(units as decimal(18, 4)) as units
from raw.work_unit
