-- One row per deficiency, a document or signature that a record lacks, with the encounter it belongs to.
--
-- Key     deficiency_id
-- Counts  is_counted: neither cancelled nor entered in error, on a chart that somebody has analysed (where its facility
--         never says what is analysed, a deficiency shows that somebody looked)
--         was_counted: the same, but one cancelled at a time that is told counts until then, so that the stock of a past
--         day stays what it was
--         is_standing: neither entered in error nor cancelled at a time nobody tells; of charts not analysed too, as those
--         of patients in house
--         counted_date: first day it counts, when it was assigned and the chart analysed; closed_date: the day it was
--         completed or cancelled, null while open
--         known_at: when it was completed and its chart analysed
--         turnaround_days from assignment to completion, decimal; from hours where the source has no times
with told as (
  select
    deficiency.*,
    encounter.facility_id,
    encounter.service_line,
    encounter.patient_class,
    encounter.discharge_at,
    encounter.discharge_date,
    encounter.admit_at,
    encounter.admit_date,
    encounter.chart_analyzed_at,
    encounter.chart_analyzed_date,
    coalesce(encounter.chart_status, '') as chart,
    encounter.encounter_id is null as is_orphan
  from staging.deficiency
  left join core.encounter on encounter.encounter_id = deficiency.encounter_id
)
select
  deficiency_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  discharge_at,
  discharge_date,
  admit_at,
  admit_date,
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
  cancelled_date,
  status,
  status not in ('cancelled', 'in_error') and cancelled_at is null and chart in ('', 'analyzed', 'complete')
    as is_counted,
  status <> 'in_error' and (status <> 'cancelled' or cancelled_at is not null) and chart in ('', 'analyzed', 'complete')
    as was_counted,
  status <> 'in_error' and (status <> 'cancelled' or cancelled_at is not null) and chart <> 'not_applicable'
    as is_standing,
  case when assigned_date is not null then later_of(assigned_date, chart_analyzed_date) end as counted_date,
  earlier_of(completed_date, cancelled_date) as closed_date,
  case when completed_at is not null then later_of(completed_at, chart_analyzed_at) end as known_at,
  coalesce(
    days_between(assigned_at, completed_at),
    days_of_hours(hours_from_discharge_completed - hours_from_discharge_assigned)
  ) as turnaround_days,
  analysis_type,
  created_by,
  is_orphan
from told
