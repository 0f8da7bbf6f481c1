-- One row per discharged record and step that changes what is known of the analysis of its chart: the counts of its steps add up.
--
-- Adding up the steps known on a past day gives that day's charts awaiting analysis: one analysed in May awaited it in April.
--
-- Key       encounter_id, step
-- Counts    awaiting_count: 1 where the chart awaits analysis or did so from discharge to the day it was analysed, else 0;
--           -1 of the step analysed
--           known_at: UTC moment of the step; null for sources that give years alone
--           discharge_date is the first of the month for sources that give no day
-- Excludes  patients in house; facilities that never say whether a chart is analysed: not known, not zero
with told as (
  select
    encounter_id,
    discharge_at,
    case when chart_analyzed_at > discharge_at and chart_status <> 'not_applicable' then chart_analyzed_at end as analyzed_at,
    chart_status
  from core.encounter
  where discharge_year is not null and chart_status is not null
),
step as (
  select
    encounter_id,
    'discharged' as step,
    discharge_at as known_at,
    case when chart_status = 'awaiting_analysis' or analyzed_at is not null then 1 else 0 end as awaiting_count
  from told
  union all
  select encounter_id, 'analyzed', analyzed_at, -1
  from told
  where chart_status <> 'awaiting_analysis' and analyzed_at is not null
)
select
  step.encounter_id,
  step.step,
  step.known_at,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  encounter.discharge_period_date as discharge_date,
  step.awaiting_count
from step
inner join core.encounter as encounter on encounter.encounter_id = step.encounter_id
