-- One row per discharged record that asks for a discharge summary: how long it took to be signed, and was that in time?
--
-- Key       encounter_id
-- Kind      view
-- Counts    summary_days from discharge to the first signature, decimal; whole calendar days where hours are not told.
--           Negative ones (signed before discharge) are kept. signed_at and until_at are what Kaplan–Meier reads
--           in_72_hours_count ÷ due_72_hours_count, in_30_days_count ÷ due_30_days_count: 72 hours and 30 days to the
--           microsecond; on_time_count ÷ due_count: the hours of the completion policy. Due is what is signed or can no
--           longer be in time; known_… from when that stands
-- Excludes  patients in house; facilities of which no signed discharge summaries arrive; what no policy asks for, so the
--           classes other than inpatient unless a policy names them
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  precision,
  discharge_date,
  discharge_at,
  signed_at,
  feed.as_of_at as until_at,
  summary_days,
  case when signed_at is not null or last_72_at < feed.as_of_at then 1 else 0 end as due_72_hours_count,
  in_72_hours_count,
  known_72_hours_at,
  case when signed_at is not null or last_30_at < feed.as_of_at then 1 else 0 end as due_30_days_count,
  in_30_days_count,
  known_30_days_at,
  case when signed_at is not null or last_at < feed.as_of_at then 1 else 0 end as due_count,
  on_time_count,
  known_at
from core.discharge_summary
cross join (select as_of_at from core.extract_as_of where extract = 'document') as feed
