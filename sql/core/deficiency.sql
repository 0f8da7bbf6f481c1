-- One row per deficiency, a document or signature that a record lacks, with the encounter it belongs to.
--
-- Key     deficiency_id
-- Counts  is_counted: neither cancelled nor entered in error, on a chart that somebody has analysed (where its facility
--         never says what is analysed, a deficiency shows that somebody looked)
--         turnaround_days from assignment to completion, decimal; from hours where the source has no times
select
  deficiency_id,
  encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.discharge_at,
  encounter.discharge_date,
  encounter.admit_date,
  doc_type,
  action_type,
  provider_id,
  assigned_at,
  assigned_date,
  allocated_at,
  allocated_date,
  completed_at,
  completed_date,
  cancelled_at,
  status,
  status not in ('cancelled', 'in_error')
    and cancelled_at is null
    and coalesce(encounter.chart_status in ('analyzed', 'complete'), true) as is_counted,
  coalesce(
    days_between(assigned_at, completed_at),
    days_of_hours(hours_from_discharge_completed - hours_from_discharge_assigned)
  ) as turnaround_days,
  analysis_type,
  created_by,
  encounter.encounter_id is null as is_orphan
from staging.deficiency
left join core.encounter using (encounter_id)
