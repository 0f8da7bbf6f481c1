-- One row per encounter as sent, its times in UTC and its dates by the facility's calendar.
--
-- Key       encounter_id
-- Excludes  the month of discharge of safe_harbor sources, which may tell no more than the year
with told as (
  select
    encounter.*,
    source.privacy_mode,
    coalesce(facility.tz, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(facility.tz, source.timezone, 'UTC') end as clock
  from raw.encounter as encounter
  left join raw.facility as facility using (facility_id)
  left join raw.source as source on source.source_id = encounter.source_id
)
select
  encounter_id,
  patient_key,
  account_id,
  facility_id,
  patient_class,
  utc_at(admit_ts, clock, admit.turn) as admit_at,
  date_at(admit_ts, clock, told.zone) as admit_date,
  utc_at(discharge_ts, clock, discharge.turn) as discharge_at,
  date_at(discharge_ts, clock, told.zone) as discharge_date,
  discharge_year,
  case when privacy_mode = 'safe_harbor' then null else discharge_month end as discharge_month,
  los_days,
  age_years,
  sex,
  race,
  ethnicity,
  zip3,
  admit_type,
  admit_source,
  discharge_disposition,
  trim(service_line) as service_line,
  department_id,
  attending_provider_id,
  trim(primary_payer_class) as primary_payer_class,
  trim(financial_class) as financial_class,
  total_charges,
  expected_reimbursement,
  is_newborn,
  utc_at(chart_analyzed_ts, clock, analysis.turn) as chart_analyzed_at,
  date_at(chart_analyzed_ts, clock, told.zone) as chart_analyzed_date,
  chart_status,
  survey_weight,
  utc_at(observed_until_ts, clock, observed.turn) as observed_until_at,
  source_id
from told
left join staging.clock as admit on admit.zone = clock and admit.day = cast(admit_ts as date)
left join staging.clock as discharge on discharge.zone = clock and discharge.day = cast(discharge_ts as date)
left join staging.clock as analysis on analysis.zone = clock and analysis.day = cast(chart_analyzed_ts as date)
left join staging.clock as observed on observed.zone = clock and observed.day = cast(observed_until_ts as date)
