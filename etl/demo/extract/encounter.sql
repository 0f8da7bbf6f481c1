-- Whole months by discharge; patients still in house stand in the last month's file.
with person as (
  select *, case when case_id in ('newborn-normal', 'newborn-other') then admit_at::date else born(patient_no, pool) end as patient_born
  from stay
  where date_trunc('month', coalesce(day, getvariable('as_of')::date - 1)) = getvariable('month')
)
select
  encounter_id(stay_id) as encounter_id,
  patient_key(patient_no) as patient_key,
  account_id(coalesce(first_stay_id, stay_id)) as account_id,
  facility_id,
  class_name(class_no) as patient_class,
  admit_at as admit_ts,
  discharge_at as discharge_ts,
  year(discharge_at) as discharge_year,
  month(discharge_at) as discharge_month,
  date_diff('day', admit_at::date, discharge_at::date) as los_days,
  age(patient_born, admit_at) as age_years,
  sex(patient_no, pool) as sex,
  pick(patient_no, 'race', ['white', 'white', 'white', 'white', 'white', 'white', 'black', 'black', 'asian', 'other', 'unknown']) as race,
  pick(patient_no, 'ethnicity', ['not_hispanic', 'not_hispanic', 'not_hispanic', 'not_hispanic', 'hispanic', 'unknown']) as ethnicity,
  pick(patient_no, 'zip', case facility_no when 1 then ['432', '432', '430', '431'] when 2 then ['430', '433'] when 3 then ['549', '548'] else ['549', '546'] end) as zip3,
  case service_line when 'newborn' then 'newborn' when 'emergency' then 'emergency' else case when class_no > 3 or theatre = 'operating_room' and severity = 0 then 'elective' else pick(stay_id, 'admit type', ['emergency', 'emergency', 'urgent']) end end as admit_type,
  case when service_line = 'newborn' then 'born_here' else pick(stay_id, 'admit source', ['home', 'home', 'home', 'home', 'home', 'clinic', 'transfer', 'nursing_facility']) end as admit_source,
  discharge_disposition,
  service_line,
  printf('unit-%d%d', facility_no, service_no) as department_id,
  provider_id(facility_no, service_no, attending_no) as attending_provider_id,
  payer(patient_no, age(patient_born, admit_at)) as primary_payer_class,
  payer(patient_no, age(patient_born, admit_at)) as financial_class,
  dollars(cents) as total_charges,
  (case class_no when 1 then weight * 6800 else cents / 100.0 * 0.28 end)::decimal(18, 2) as expected_reimbursement,
  service_line = 'newborn' as is_newborn,
  known(analyzed_at) as chart_analyzed_ts,
  case when class_no = 5 then 'not_applicable' when discharge_at is null then null when known(analyzed_at) is null then 'awaiting_analysis'
    when open_chart.stay_id is null then 'complete' else 'analyzed' end as chart_status,
  null::double as survey_weight,
  null::timestamp as observed_until_ts
from person
join facility using (facility_no)
left join open_chart using (stay_id)
left join shared_account using (stay_id)
order by stay_id
