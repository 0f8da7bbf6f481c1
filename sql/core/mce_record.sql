-- One row per coded inpatient record that the Medicare Code Editor can be put to.
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    version: of the configured lists, the one in force on the day of discharge; null where none is
--           is_coded_by_table: the code tables speak of the day of discharge
--           stay_days: decimal days from admission to discharge, else whole days as sent
-- Excludes  records without an ICD-10-CM code or a day of discharge
with coded as (
  select encounter_id, max(case when is_examined then 1 else 0 end) = 1 as is_coded_by_table
  from core.reported_code
  where patient_class = 'inpatient' and code_set = 'ICD10CM' and code_date is not null
  group by encounter_id
),
version_span as (
  select distinct version, valid_from, valid_until from core.mce_code
),
version_day as (
  select calendar.day as discharge_date, max(version_span.version) as version
  from core.calendar
  inner join version_span on calendar.day >= version_span.valid_from and calendar.day < version_span.valid_until
  group by calendar.day
)
select
  coded.encounter_id,
  encounter.discharge_date,
  version_day.version,
  coded.is_coded_by_table,
  encounter.age_years,
  encounter.sex,
  encounter.discharge_disposition,
  coalesce(days_between(encounter.admit_at, encounter.discharge_at), cast(encounter.los_days as double)) as stay_days
from coded
inner join core.encounter on encounter.encounter_id = coded.encounter_id
left join version_day on version_day.discharge_date = encounter.discharge_date
