-- One row per deficiency that stayed open beyond its policy.
--
-- Key       deficiency_id
-- Counts    from delinquent_date (see core.deficiency_due) to the day before closed_date, the day it was completed or
--           cancelled; null while open
--           is_counted: not cancelled since
-- Excludes  what was closed before the day it would have become delinquent
select
  deficiency_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  discharge_date,
  is_counted,
  delinquent_days,
  delinquent_date,
  closed_date
from core.deficiency_due
where delinquent_date is not null and (closed_date is null or closed_date >= delinquent_date)
