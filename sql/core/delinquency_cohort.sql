-- One row per discharged record that can become delinquent, and the first day on which it did or will.
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    delinquent_date: the first of its deficiencies' (see core.delinquency); null where all were closed before theirs
-- Excludes  charts awaiting analysis; classes other than inpatient, observation and outpatient surgery; facilities that
--           tell of no charts; deficiencies cancelled since
with late_record as (
  select encounter_id, min(delinquent_date) as delinquent_date
  from core.delinquency
  where is_counted
  group by encounter_id
)
select
  encounter.encounter_id,
  discharge_date,
  facility_id,
  service_line,
  patient_class,
  delinquent_date
from core.encounter
inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
left join late_record on late_record.encounter_id = encounter.encounter_id
where
  feed.has_charts
  and discharge_date is not null
  and patient_class in ('inpatient', 'observation', 'outpatient_surgery')
  and (chart_status in ('analyzed', 'complete') or chart_status is null)
