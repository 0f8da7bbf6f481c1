-- One row per event in the coding of an encounter, its time in UTC and its date by the facility's calendar.
--
-- Key  encounter_id, event, event_at, hours_from_discharge, event_no
with told as (
  select
    coding_event.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.coding_event as coding_event
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  encounter_id,
  event,
  utc_at(event_ts, clock, on_day.turn) as event_at,
  date_at(event_ts, clock, told.zone) as event_date,
  event_no,
  hours_from_discharge,
  coder_id,
  minutes_spent,
  source_id
from told
left join staging.clock as on_day on on_day.zone = clock and on_day.day = cast(event_ts as date)
