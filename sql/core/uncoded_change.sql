-- One row per facility, service, patient class, availability and day: stretches without final codes that began or ended on it.
--
-- Key  facility_id, service_line, patient_class, availability, day
with change as (
  select encounter_id, facility_id, service_line, patient_class, availability, start_date as day, true as is_start
  from core.uncoded_interval
  union all
  select encounter_id, facility_id, service_line, patient_class, availability, end_date, false
  from core.uncoded_interval
  where end_date is not null
)
select
  facility_id,
  service_line,
  patient_class,
  availability,
  day,
  count(case when is_start then 1 end) as start_count,
  count(case when not is_start then 1 end) as end_count,
  count(*) as change_count
from change
group by facility_id, service_line, patient_class, availability, day
