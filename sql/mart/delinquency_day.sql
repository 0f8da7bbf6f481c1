-- One row per day, facility, service and patient class: delinquent records, and the discharges to divide them by.
--
-- Key       snapshot_date, facility_id, service_line, patient_class
-- Counts    delinquent_count: records with a deficiency open beyond its policy at the end of that day, each once:
--           a stock
--           discharge_count_12_months: discharges of the 12 calendar months before the day's month; null until the
--           facility has 12 (their twelfth part is the customary denominator)
--           discharge_count_previous_month: discharges of the calendar month before; null until the facility has one
--           rated_12_months_count, rated_previous_month_count: the delinquent records of facilities with that many
--           months, to be divided by them; null with them, so that a new facility is in neither part of a rate
-- Excludes  classes other than inpatient, observation and outpatient surgery; facilities of which no deficiencies
--           arrive
with facility_start as (
  select coalesce(facility_id, '') as facility_key, month_of(min(discharge_date)) as facility_month
  from core.encounter
  where discharge_date is not null
  group by coalesce(facility_id, '')
),
discharge_month as (
  select facility_id, service_line, patient_class, month_of(discharge_date) as month, count(*) as discharge_count
  from core.encounter
  inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
  where
    discharge_date is not null
    and patient_class in ('inpatient', 'observation', 'outpatient_surgery')
    and feed.has_charts
  group by facility_id, service_line, patient_class, month_of(discharge_date)
),
snapshot_month as (
  select distinct snapshot_month
  from core.snapshot_day
),
denominator as (
  select
    snapshot_month,
    facility_id,
    service_line,
    patient_class,
    sum(discharge_count) as discharge_count_12_months,
    sum(case
      when month = add_months(snapshot_month, -1) then discharge_count
      else 0
    end) as discharge_count_previous_month
  from snapshot_month
  inner join discharge_month on month >= add_months(snapshot_month, -12) and month < snapshot_month
  group by snapshot_month, facility_id, service_line, patient_class
),
part as (
  select
    snapshot_date,
    facility_id,
    service_line,
    patient_class,
    0 as delinquent_count,
    discharge_count_12_months,
    discharge_count_previous_month
  from core.snapshot_day
  inner join denominator using (snapshot_month)
  union all
  select stock_date, facility_id, service_line, patient_class, delinquent_count, 0, 0
  from mart.record_day
  where patient_class in ('inpatient', 'observation', 'outpatient_surgery') and delinquent_count > 0
),
stock as (
  select
    snapshot_date,
    snapshot_month,
    part.facility_id,
    service_line,
    patient_class,
    any_value(facility_month) as facility_month,
    sum(delinquent_count) as delinquent_count,
    sum(discharge_count_12_months) as discharge_count_12_months,
    sum(discharge_count_previous_month) as discharge_count_previous_month
  from part
  inner join core.snapshot_day using (snapshot_date)
  left join facility_start on facility_start.facility_key = coalesce(part.facility_id, '')
  group by snapshot_date, snapshot_month, part.facility_id, service_line, patient_class
)
select
  snapshot_date,
  facility_id,
  service_line,
  patient_class,
  cast(delinquent_count as bigint) as delinquent_count,
  case when add_months(facility_month, 12) <= snapshot_month then cast(delinquent_count as bigint) end
    as rated_12_months_count,
  case when add_months(facility_month, 12) <= snapshot_month then cast(discharge_count_12_months as bigint) end
    as discharge_count_12_months,
  case when add_months(facility_month, 1) <= snapshot_month then cast(delinquent_count as bigint) end
    as rated_previous_month_count,
  case when add_months(facility_month, 1) <= snapshot_month then cast(discharge_count_previous_month as bigint) end
    as discharge_count_previous_month
from stock
