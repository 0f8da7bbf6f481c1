-- One row per denial of a claim or of a line of one, its times in UTC; reason codes without their group code.
--
-- Key  denial_id
with told as (
  select
    denial.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.denial as denial
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  denial_id,
  encounter_id,
  claim_id,
  line_no,
  utc_at(received_ts, clock, received.turn) as received_at,
  date_at(received_ts, clock, told.zone) as received_date,
  plain_reason(carc) as carc,
  upper(trim(rarc)) as rarc,
  lower(trim(category)) as category,
  level,
  is_primary_payer,
  billed_amt,
  denied_amt,
  utc_at(appealed_ts, clock, appealed.turn) as appealed_at,
  date_at(appealed_ts, clock, told.zone) as appealed_date,
  utc_at(resolved_ts, clock, resolved.turn) as resolved_at,
  date_at(resolved_ts, clock, told.zone) as resolved_date,
  outcome,
  recovered_amt,
  trim(billed_drg) as billed_drg,
  trim(payer_drg) as payer_drg,
  trim(final_drg) as final_drg,
  source_id
from told
left join staging.clock as received on received.zone = clock and received.day = cast(received_ts as date)
left join staging.clock as appealed on appealed.zone = clock and appealed.day = cast(appealed_ts as date)
left join staging.clock as resolved on resolved.zone = clock and resolved.day = cast(resolved_ts as date)
