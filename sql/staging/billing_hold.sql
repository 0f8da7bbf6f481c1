-- One row per interval in which a bill was held, its times in UTC.
--
-- Key  encounter_id, reason_code, start_at
with told as (
  select
    billing_hold.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.billing_hold as billing_hold
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  encounter_id,
  reason_code,
  owner,
  utc_at(start_ts, clock, started.turn) as start_at,
  date_at(start_ts, clock, told.zone) as start_date,
  utc_at(end_ts, clock, ended.turn) as end_at,
  date_at(end_ts, clock, told.zone) as end_date,
  amount,
  source_id
from told
left join staging.clock as started on started.zone = clock and started.day = cast(start_ts as date)
left join staging.clock as ended on ended.zone = clock and ended.day = cast(end_ts as date)
