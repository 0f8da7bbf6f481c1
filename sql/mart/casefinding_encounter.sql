-- One row per discharged encounter with a code that casefinding looks for: is its patient among the abstracts?
--
-- Key       encounter_id
-- Counts    code, label and screening: of the final or billed diagnoses that the list holds the first in order, reportable
--           ones before those to review
--           is_abstracted: the patient has an abstract, whatever its site and facility: a second primary that is missing is
--           not found this way
--           patient_count: 1 on the first of a patient's encounters, else 0
--           reportable_count: 1 on the first of a patient's encounters with a reportable code, else 0; abstracted_count: the
--           same where the patient has an abstract
-- Excludes  facilities of which no abstracts arrive (an abstract without a facility speaks for all); codes not final
-- Ties      of codes in one place the first in the alphabet; of encounters of one day the first in order of id
-- Source    reference.casefinding_code: a casefinding list finds what may be reportable; a registrar decides
with registry as (
  select coalesce(facility_id, '') as facility_key
  from core.tumor
  group by coalesce(facility_id, '')
),
speaks_for_all as (
  select count(*) as abstract_count
  from core.tumor
  where facility_id is null
),
abstracted as (
  select patient_key
  from core.tumor
  group by patient_key
),
placed as (
  select
    encounter.encounter_id,
    encounter.patient_key,
    encounter.facility_id,
    encounter.service_line,
    encounter.patient_class,
    encounter.discharge_date,
    found.code,
    found.label,
    found.screening,
    abstracted.patient_key is not null as is_abstracted,
    row_number() over (
      partition by encounter.patient_key
      order by encounter.discharge_date, encounter.encounter_id
    ) as place,
    row_number() over (
      partition by encounter.patient_key, found.screening
      order by encounter.discharge_date, encounter.encounter_id
    ) as place_of_screening
  from core.casefinding as found
  inner join core.encounter on encounter.encounter_id = found.encounter_id
  cross join speaks_for_all
  left join registry on registry.facility_key = coalesce(encounter.facility_id, '')
  left join abstracted on abstracted.patient_key = encounter.patient_key
  where
    encounter.discharge_date is not null
    and (registry.facility_key is not null or abstract_count > 0)
)
select
  encounter_id,
  patient_key,
  facility_id,
  service_line,
  patient_class,
  discharge_date,
  code,
  label,
  screening,
  is_abstracted,
  case when place = 1 then 1 else 0 end as patient_count,
  case when screening = 'reportable' and place_of_screening = 1 then 1 else 0 end as reportable_count,
  case when screening = 'reportable' and place_of_screening = 1 and is_abstracted then 1 else 0 end as abstracted_count
from placed
