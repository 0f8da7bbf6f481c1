-- One row per deficiency as sent, its times in UTC and its dates by the facility's calendar.
--
-- Key  deficiency_id
with told as (
  select
    deficiency.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.deficiency as deficiency
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  deficiency_id,
  encounter_id,
  doc_type,
  action_type,
  provider_id,
  utc_at(assigned_ts, clock, assigned.turn) as assigned_at,
  date_at(assigned_ts, clock, told.zone) as assigned_date,
  utc_at(allocated_ts, clock, allocated.turn) as allocated_at,
  date_at(allocated_ts, clock, told.zone) as allocated_date,
  utc_at(completed_ts, clock, completed.turn) as completed_at,
  date_at(completed_ts, clock, told.zone) as completed_date,
  utc_at(cancelled_ts, clock, cancelled.turn) as cancelled_at,
  date_at(cancelled_ts, clock, told.zone) as cancelled_date,
  status,
  analysis_type,
  created_by,
  hours_from_discharge_assigned,
  hours_from_discharge_completed,
  source_id
from told
left join staging.clock as assigned on assigned.zone = clock and assigned.day = cast(assigned_ts as date)
left join staging.clock as allocated on allocated.zone = clock and allocated.day = cast(allocated_ts as date)
left join staging.clock as completed on completed.zone = clock and completed.day = cast(completed_ts as date)
left join staging.clock as cancelled on cancelled.zone = clock and cancelled.day = cast(cancelled_ts as date)
