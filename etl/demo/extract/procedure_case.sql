select
  printf('case-%08d', stay_id) as procedure_case_id,
  encounter_id(stay_id) as encounter_id,
  theatre as location,
  begins as start_ts,
  known(theatre_to(stay_id, theatre, begins, discharge_at)) as end_ts,
  provider_id(facility_no, service_no, attending_no) as surgeon_id
from (select *, theatre_from(stay_id, admit_at, discharge_at) as begins from stay where has_theatre)
where begins < getvariable('as_of')
