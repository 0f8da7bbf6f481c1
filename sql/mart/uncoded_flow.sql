-- One row per day, facility, service, patient class and availability: how far records not final coded changed on that day.
--
-- The flows that mart.dnfc_day adds up to stocks. They are sums over encounters, so a night changes the rows of its own
-- encounters alone.
--
-- Key     facility_id, service_line, patient_class, availability, day
-- Counts  turn_count: stretches that begin or end on that day; uncoded_count: what began less what ended; days to come are
--         told too
with turn as (
  select encounter_id, facility_id, service_line, patient_class, availability, start_date as day, 1 as sign
  from core.uncoded_interval
  union all
  select encounter_id, facility_id, service_line, patient_class, availability, end_date, -1
  from core.uncoded_interval
  where end_date is not null
)
select
  facility_id,
  service_line,
  patient_class,
  availability,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(sign) as bigint) as uncoded_count
from turn
group by facility_id, service_line, patient_class, availability, day, month_of(day)
