-- One row per encounter, a stay or a visit; of the sources that have no dates, facilities or patients too.
--
-- Key     encounter_id
-- Apart   encounter_id
-- Counts  discharge_period_date is the discharge date, or the first of the discharge month of sources that give no day
--         chart_status where the sender leaves it out: analyzed once there is a time of analysis, else
--         awaiting_analysis; null where its facility never says either, so that silence is not taken for a backlog
select
  encounter_id,
  patient_key,
  account_id,
  facility_id,
  patient_class,
  admit_at,
  admit_date,
  discharge_at,
  discharge_date,
  coalesce(discharge_year, year_of(discharge_date)) as discharge_year,
  coalesce(discharge_month, month_number_of(discharge_date)) as discharge_month,
  coalesce(discharge_date, month_from(discharge_year, discharge_month)) as discharge_period_date,
  los_days,
  age_years,
  sex,
  race,
  ethnicity,
  zip3,
  admit_type,
  admit_source,
  discharge_disposition,
  service_line,
  department_id,
  attending_provider_id,
  primary_payer_class,
  financial_class,
  total_charges,
  expected_reimbursement,
  is_newborn,
  chart_analyzed_at,
  chart_analyzed_date,
  case
    when chart_status in ('analyzed', 'complete', 'not_applicable') then chart_status
    when chart_analyzed_at is not null then 'analyzed'
    when chart_status is not null then chart_status
    when chart_teller.facility_key is not null then 'awaiting_analysis'
  end as chart_status,
  survey_weight,
  observed_until_at,
  source_id
from staging.encounter
left join core.chart_teller on chart_teller.facility_key = coalesce(encounter.facility_id, '')
