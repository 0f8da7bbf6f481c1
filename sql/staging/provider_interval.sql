-- One row per interval of a provider as sent, its times in UTC, its dates by the clock of its source.
--
-- Key  provider_id, type, start_at
with told as (
  select
    provider_interval.*,
    coalesce(source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(source.timezone, 'UTC') end as clock
  from raw.provider_interval as provider_interval
  left join raw.source as source using (source_id)
)
select
  provider_id,
  type,
  utc_at(start_ts, clock, started.turn) as start_at,
  date_at(start_ts, clock, told.zone) as start_date,
  utc_at(end_ts, clock, ended.turn) as end_at,
  date_at(end_ts, clock, told.zone) as end_date,
  reason,
  source_id
from told
left join staging.clock as started on started.zone = clock and started.day = cast(start_ts as date)
left join staging.clock as ended on ended.zone = clock and ended.day = cast(end_ts as date)
