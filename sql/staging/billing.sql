-- One row per bill of an encounter's account, its times in UTC.
--
-- Key  encounter_id, bill_no
with told as (
  select
    billing.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.billing as billing
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  encounter_id,
  bill_no,
  gross_charges,
  utc_at(first_billed_ts, clock, first_billed.turn) as first_billed_at,
  date_at(first_billed_ts, clock, told.zone) as first_billed_date,
  utc_at(final_billed_ts, clock, final_billed.turn) as final_billed_at,
  date_at(final_billed_ts, clock, told.zone) as final_billed_date,
  utc_at(submitted_ts, clock, submitted.turn) as submitted_at,
  date_at(submitted_ts, clock, told.zone) as submitted_date,
  bill_status,
  bill_hold_days,
  source_id
from told
left join staging.clock as first_billed
  on first_billed.zone = clock and first_billed.day = cast(first_billed_ts as date)
left join staging.clock as final_billed
  on final_billed.zone = clock and final_billed.day = cast(final_billed_ts as date)
left join staging.clock as submitted on submitted.zone = clock and submitted.day = cast(submitted_ts as date)
