-- One row per facility, service, patient class, payer and day of discharge: encounters.
--
-- Key     facility_id, service_line, patient_class, payer_class, discharge_date, discharge_weekday
-- Counts  discharge_date is the first of the month for sources that give no day, null for patients in house
--         discharge_weekday is 1 Monday to 7 Sunday, null without a day
select
  facility_id,
  service_line,
  patient_class,
  primary_payer_class as payer_class,
  discharge_period_date as discharge_date,
  weekday_of(discharge_date) as discharge_weekday,
  count(*) as encounter_count
from core.encounter
group by facility_id, service_line, patient_class, primary_payer_class, discharge_period_date, weekday_of(discharge_date)
