-- One row per look of a CDI specialist at a record, its time in UTC.
--
-- Key  encounter_id, review_no
with told as (
  select
    cdi_review.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.cdi_review as cdi_review
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  encounter_id,
  reviewer_id,
  review_no,
  utc_at(review_ts, clock, reviewed.turn) as review_at,
  date_at(review_ts, clock, told.zone) as review_date,
  query_opportunities,
  missed_opportunities,
  compliance_errors,
  source_id
from told
left join staging.clock as reviewed on reviewed.zone = clock and reviewed.day = cast(review_ts as date)
