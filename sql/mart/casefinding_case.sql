-- One row per discharged encounter with a code that casefinding looks for, whose patient has no abstract: the suspense list.
--
-- Key       encounter_id
-- Counts    code, label and screening: of the final or billed diagnoses that the list holds the first in order, reportable
--           ones before those to review
--           patient_count: 1 on the first of a patient's encounters, else 0
--           An abstract of the patient clears all of the patient's encounters, whatever the site: a second primary is not
--           found this way
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
)
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
  case
    when row_number() over (
      partition by encounter.patient_key
      order by encounter.discharge_date, encounter.encounter_id
    ) = 1 then 1
    else 0
  end as patient_count
from core.casefinding as found
inner join core.encounter on encounter.encounter_id = found.encounter_id
cross join speaks_for_all
left join registry on registry.facility_key = coalesce(encounter.facility_id, '')
left join abstracted on abstracted.patient_key = encounter.patient_key
where
  encounter.discharge_date is not null
  and abstracted.patient_key is null
  and (registry.facility_key is not null or abstract_count > 0)
