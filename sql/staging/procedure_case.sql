-- One row per surgical case, its times in UTC.
--
-- Key  procedure_case_id
with told as (
  select
    procedure_case.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.procedure_case as procedure_case
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  procedure_case_id,
  encounter_id,
  location,
  utc_at(start_ts, clock, started.turn) as start_at,
  date_at(start_ts, clock, told.zone) as start_date,
  utc_at(end_ts, clock, ended.turn) as end_at,
  date_at(end_ts, clock, told.zone) as end_date,
  surgeon_id,
  source_id
from told
left join staging.clock as started on started.zone = clock and started.day = cast(start_ts as date)
left join staging.clock as ended on ended.zone = clock and ended.day = cast(end_ts as date)
