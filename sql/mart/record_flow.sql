-- One row per day, facility, service and patient class: how far incomplete and delinquent records changed on that day.
--
-- The flows that mart.record_day adds up to stocks. They are sums over encounters, so a night changes the rows of its own
-- encounters alone.
--
-- Key       facility_id, service_line, patient_class, day
-- Counts    turn_count: stretches of records that begin or end on that day. The others are what began less what ended, and
--           mean what they mean in mart.record_day; days to come are told too
-- Excludes  as in mart.record_day
with state as (
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    start_date,
    end_date,
    case when open_count > 0 then 1 else 0 end as incomplete,
    case when in_house_count > 0 then 1 else 0 end as in_house,
    case when late_count > 0 then 1 else 0 end as delinquent,
    case when soon_count > 0 and late_count = 0 then 1 else 0 end as soon
  from core.record_stretch
  inner join core.encounter using (encounter_id)
),
turn as (
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    start_date as day,
    incomplete,
    in_house,
    delinquent,
    soon
  from state
  union all
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    end_date,
    -incomplete,
    -in_house,
    -delinquent,
    -soon
  from state
  where end_date is not null
)
select
  facility_id,
  service_line,
  patient_class,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(incomplete) as bigint) as incomplete_count,
  cast(sum(in_house) as bigint) as in_house_count,
  cast(sum(delinquent) as bigint) as delinquent_count,
  cast(sum(soon) as bigint) as soon_count
from turn
group by facility_id, service_line, patient_class, day, month_of(day)
