-- One row per inpatient discharge, and one more where CDI first looked at it afterwards.
--
-- Key       encounter_id, entry
-- Counts    discharge_count: 1 on the row of the discharge; reviewed_count: 1 on it where the record was reviewed by then,
--           else on the row of the later first review. known_at is when each became so
-- Excludes  patients in house; classes other than inpatient; facilities of which no CDI reviews arrive
with first_review as (
  select encounter_id, min(review_at) as first_review_at
  from core.cdi_review
  group by encounter_id
),
discharged as (
  select
    encounter.encounter_id,
    encounter.facility_id,
    encounter.service_line,
    encounter.primary_payer_class as payer_class,
    encounter.discharge_at,
    encounter.discharge_period_date as discharge_date,
    first_review.encounter_id is not null as is_reviewed,
    first_review_at,
    coalesce(first_review_at > encounter.discharge_at, false) as is_reviewed_later
  from core.encounter
  inner join core.operation_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
  left join first_review on first_review.encounter_id = encounter.encounter_id
  where
    feed.has_review
    and encounter.patient_class = 'inpatient'
    and (encounter.discharge_at is not null or encounter.discharge_year is not null)
)
select
  encounter_id,
  'discharge' as entry,
  facility_id,
  service_line,
  payer_class,
  discharge_date,
  discharge_at as known_at,
  case when is_reviewed and not is_reviewed_later then 1 else 0 end as reviewed_count,
  1 as discharge_count
from discharged
union all
select
  encounter_id,
  'review',
  facility_id,
  service_line,
  payer_class,
  discharge_date,
  first_review_at,
  1,
  0
from discharged
where is_reviewed_later
