-- One row per day of discharge, facility, service and patient class: of these records, how many ran past policy?
--
-- Key       discharge_date, facility_id, service_line, patient_class
-- Counts    delinquent_count: records with a deficiency still open beyond its policy, completed since or not, each once
-- Excludes  charts awaiting analysis; classes other than inpatient, observation and outpatient surgery; records
--           discharged so lately that the longest policy in use has not run out
with longest_policy as (
  select max(delinquent_days) as delinquent_days
  from core.completion_policy
  where counts_toward_delinquency
),
followed as (
  select add_days(feed.as_of_date, -(delinquent_days + 1)) as last_discharge_date
  from longest_policy
  cross join (select as_of_date from core.extract_as_of where extract = 'deficiency') as feed
),
late_record as (
  select distinct encounter_id
  from core.delinquency
)
select
  discharge_date,
  facility_id,
  service_line,
  patient_class,
  count(*) as discharge_count,
  count(late_record.encounter_id) as delinquent_count
from core.encounter
inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
cross join followed
left join late_record using (encounter_id)
where
  feed.has_charts
  and discharge_date <= last_discharge_date
  and patient_class in ('inpatient', 'observation', 'outpatient_surgery')
  and (chart_status in ('analyzed', 'complete') or chart_status is null)
group by discharge_date, facility_id, service_line, patient_class
