-- One row per completed deficiency: how long it took.
--
-- Key       deficiency_id
-- Kind      view
-- Counts    turnaround_days from assignment to completion, decimal
--           known_at: when it was completed and its chart analysed: before that, nobody counted it
-- Excludes  cancelled, entered in error, charts awaiting analysis, and what is still open (see open deficiencies)
select
  deficiency_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  assigned_date,
  completed_date,
  turnaround_days,
  known_at
from core.deficiency
where is_counted and turnaround_days is not null
