-- One row per query to a provider, its times in UTC and its dates by the facility's calendar.
--
-- Key  query_id
with told as (
  select
    query.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.query as query
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  query_id,
  encounter_id,
  workflow,
  timing,
  template,
  trim(type) as type,
  author_id,
  provider_id,
  utc_at(sent_ts, clock, sent.turn) as sent_at,
  date_at(sent_ts, clock, told.zone) as sent_date,
  utc_at(responded_ts, clock, responded.turn) as responded_at,
  date_at(responded_ts, clock, told.zone) as responded_date,
  utc_at(closed_ts, clock, closed.turn) as closed_at,
  status,
  outcome,
  trim(drg_before) as drg_before,
  trim(drg_after) as drg_after,
  weight_before,
  weight_after,
  impact_cc,
  impact_mcc,
  impact_soi,
  impact_rom,
  ai_suggested,
  source_id
from told
left join staging.clock as sent on sent.zone = clock and sent.day = cast(sent_ts as date)
left join staging.clock as responded on responded.zone = clock and responded.day = cast(responded_ts as date)
left join staging.clock as closed on closed.zone = clock and closed.day = cast(closed_ts as date)
