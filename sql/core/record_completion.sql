-- One row per discharged record whose chart has been analysed: when it was complete, if it is.
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    complete once every deficiency is, and never before the chart was analysed: completed_at is the later of
--           the last completion and the analysis; a chart without deficiencies is complete when analysed. Null while
--           any is open
--           observed_until_at: up to when an open record was looked at, of records that say so; the others are watched as
--           long as the deficiency feed speaks, which moves every night (mart.record_completion)
--           complete_days from discharge, decimal
--           known_at: when the record came to count, with the analysis of its chart; where nobody tells of that, with the
--           first deficiency
--           deficiency_count ÷ record_count; clean_count 1 where it never had a deficiency
-- Excludes  charts awaiting analysis (counted beside, not as complete) and charts that need none; patients in house;
--           charts of which the sender gives no time of completion
with lacking as (
  select
    encounter_id,
    count(*) as deficiency_count,
    sum(case when completed_at is null then 1 else 0 end) as open_count,
    max(completed_at) as last_completed_at,
    min(assigned_at) as first_assigned_at
  from core.deficiency
  where is_counted
  group by encounter_id
)
select
  encounter.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  encounter.attending_provider_id as provider_id,
  encounter.discharge_date,
  encounter.discharge_at,
  coalesce(lacking.deficiency_count, 0) as deficiency_count,
  1 as record_count,
  case when lacking.encounter_id is null then 1 else 0 end as clean_count,
  coalesce(encounter.chart_analyzed_at, lacking.first_assigned_at, encounter.discharge_at) as known_at,
  case
    when coalesce(lacking.open_count, 0) = 0 then later_of(lacking.last_completed_at, encounter.chart_analyzed_at)
  end as completed_at,
  encounter.observed_until_at,
  case
    when coalesce(lacking.open_count, 0) = 0
      then days_between(encounter.discharge_at, later_of(lacking.last_completed_at, encounter.chart_analyzed_at))
  end as complete_days
from core.encounter
left join lacking on lacking.encounter_id = encounter.encounter_id
where
  encounter.discharge_at is not null
  and (
    encounter.chart_status in ('analyzed', 'complete')
    or (encounter.chart_status is null and lacking.encounter_id is not null)
  )
  and (lacking.open_count > 0 or lacking.last_completed_at is not null or encounter.chart_analyzed_at is not null)
