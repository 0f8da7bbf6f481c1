-- One row per event in the life of a document.
--
-- Key  document_id, event
with told as (
  select
    document.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.document as document
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  document_id,
  encounter_id,
  doc_type,
  event,
  utc_at(event_ts, clock, on_day.turn) as event_at,
  date_at(event_ts, clock, told.zone) as event_date,
  hours_from_discharge,
  priority,
  provider_id,
  source_id
from told
left join staging.clock as on_day on on_day.zone = clock and on_day.day = cast(event_ts as date)
