-- One row per discharged record that asks for a discharge summary: how long it took to be signed, and was that in time, if it was?
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    summary_days from discharge to the first signature, decimal; whole calendar days where hours are not told.
--           Negative ones (signed before discharge) are kept
--           in_72_hours_count, in_30_days_count: 72 hours and 30 days to the microsecond; on_time_count: the hours of the
--           completion policy; known_… from when that stands
--           last_72_at, last_30_at, last_at: the last moment at which it can be in time. One not signed is late once that
--           lies behind the moment the extract speaks of, which moves every night (mart.discharge_summary)
-- Excludes  patients in house; facilities of which no signed discharge summaries arrive; what no policy asks for, so the
--           classes other than inpatient unless a policy names them
with summary as (
  select
    due.*,
    case when is_day_only then start_of(add_days(event_date, 4)) else add_hours(event_at, 72) end as last_72_at,
    case when is_day_only then start_of(add_days(event_date, 31)) else add_hours(event_at, 720) end as last_30_at,
    case when is_day_only then done_date <= add_days(event_date, 3) else done_at <= add_hours(event_at, 72) end
      as is_in_72,
    case when is_day_only then done_date <= add_days(event_date, 30) else done_at <= add_hours(event_at, 720) end
      as is_in_30
  from core.document_due as due
  where due.doc_type = 'DS' and due.action_type = 'sign'
)
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  case when is_day_only then 'days' else 'hours' end as precision,
  event_date as discharge_date,
  event_at as discharge_at,
  done_at as signed_at,
  case when is_day_only then cast(day_count(event_date, done_date) as double) else days_between(event_at, done_at) end
    as summary_days,
  case when is_in_72 then 1 else 0 end as in_72_hours_count,
  earlier_of(done_at, last_72_at) as known_72_hours_at,
  case when is_in_30 then 1 else 0 end as in_30_days_count,
  earlier_of(done_at, last_30_at) as known_30_days_at,
  case when is_on_time then 1 else 0 end as on_time_count,
  known_at,
  last_72_at,
  last_30_at,
  last_at
from summary
