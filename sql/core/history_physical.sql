-- One row per admission, and when its history and physical stood in the chart.
--
-- Key       encounter_id
-- Counts    documented_at: the first history and physical written from admission on; or, where one was written within the
--           30 days before (30 days to the microsecond are in time), its first update from admission on; whichever
--           comes first. One older than 30 days does not count
--           first_case_at: the first surgical case, in an operating room or at a place not told
-- Excludes  patients not of an inpatient, observation or outpatient surgery class; newborns; admissions without a time
with admission as (
  select encounter_id, admit_at, admit_date
  from core.encounter
  where
    admit_at is not null
    and patient_class in ('inpatient', 'observation', 'outpatient_surgery')
    and not coalesce(is_newborn, false)
),
written as (
  select
    encounter_id,
    min(case when doc_type = 'HP' and documented_at >= admit_at then documented_at end) as own_at,
    min(case when doc_type = 'HP' and documented_at >= admit_at then documented_date end) as own_date,
    max(case
      when doc_type = 'HP' and documented_at < admit_at and days_between(documented_at, admit_at) <= 30 then 1
      else 0
    end) as has_earlier,
    min(case when doc_type = 'HP_UPDATE' and documented_at >= admit_at then documented_at end) as update_at,
    min(case when doc_type = 'HP_UPDATE' and documented_at >= admit_at then documented_date end) as update_date
  from admission
  inner join core.document_milestone using (encounter_id)
  where doc_type in ('HP', 'HP_UPDATE')
  group by encounter_id
),
first_case as (
  select encounter_id, min(start_at) as first_case_at, min(start_date) as first_case_date
  from core.procedure_case
  where location = 'operating_room' or location is null
  group by encounter_id
)
select
  encounter_id,
  admit_at,
  admit_date,
  earlier_of(own_at, case when has_earlier = 1 then update_at end) as documented_at,
  earlier_of(own_date, case when has_earlier = 1 then update_date end) as documented_date,
  first_case_at,
  first_case_date
from admission
left join written using (encounter_id)
left join first_case using (encounter_id)
