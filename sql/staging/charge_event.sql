-- One row per posting of charges to an encounter's account, its time in UTC.
--
-- Key  charge_event_id
with told as (
  select
    charge_event.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.charge_event as charge_event
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  charge_event_id,
  encounter_id,
  utc_at(posted_ts, clock, posted.turn) as posted_at,
  date_at(posted_ts, clock, told.zone) as posted_date,
  amount_cents,
  source_id
from told
left join staging.clock as posted on posted.zone = clock and posted.day = cast(posted_ts as date)
