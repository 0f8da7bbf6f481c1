-- One row per day, facility, service, class, provider and kind: deficiencies that opened on it, less those that closed.
--
-- The flows that mart.deficiency_stock adds up to stocks. They are sums over encounters, so a night changes the rows of its
-- own encounters alone.
--
-- Key       facility_id, service_line, patient_class, provider_id, doc_type, action_type, day
-- Counts    turn_count: deficiencies that open or close on that day; open_count: those that open less those that close
-- Excludes  as in mart.deficiency_stock; those closed on the day they would count, or before
with stretch as (
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    counted_date as start_date,
    closed_date as end_date
  from core.deficiency
  where was_counted and counted_date is not null and (closed_date is null or closed_date > counted_date)
),
turn as (
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    start_date as day,
    1 as sign
  from stretch
  union all
  select encounter_id, facility_id, service_line, patient_class, provider_id, doc_type, action_type, end_date, -1
  from stretch
  where end_date is not null
)
select
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(sign) as bigint) as open_count
from turn
group by facility_id, service_line, patient_class, provider_id, doc_type, action_type, day, month_of(day)
