-- One row per discharged record whose delinquency can be told: did it run past policy?
--
-- Key       encounter_id
-- Kind      view
-- Counts    delinquent_count: 1 where a deficiency was open beyond its policy, completed since or not; discharge_count 1
--           known_at: from when that stands: the end of the day on which the longest policy in use ran out, or on which it
--           became delinquent, if later. Before that an as-of leaves the record out
-- Excludes  charts awaiting analysis; classes other than inpatient, observation and outpatient surgery; records
--           discharged so lately that the longest policy in use has not run out; deficiencies cancelled since
with longest_policy as (
  select max(delinquent_days) as delinquent_days
  from core.completion_policy
  where counts_toward_delinquency
),
followed as (
  select
    delinquent_days,
    feed.as_of_date,
    add_days(feed.as_of_date, -(delinquent_days + 1)) as last_discharge_date
  from longest_policy
  cross join (select as_of_date from core.extract_as_of where extract = 'deficiency') as feed
)
select
  encounter_id,
  discharge_date,
  facility_id,
  service_line,
  patient_class,
  1 as discharge_count,
  case when delinquent_date <= as_of_date then 1 else 0 end as delinquent_count,
  start_of(later_of(
    add_days(discharge_date, delinquent_days + 1),
    case when delinquent_date <= as_of_date then delinquent_date end
  )) as known_at
from core.delinquency_cohort
cross join followed
where discharge_date <= last_discharge_date
