-- One row per encounter that belongs in a trauma registry: injured, and admitted, observed, transferred out or dead.
--
-- Key       encounter_id
-- Counts    injury_1 to injury_10: its injuries in the order of the record, injury_count all of them
--           an injury is a final diagnosis S00 to S99 of the active phase (seventh character A, B or C), T07, T14, or T79.A
--           with A; is_superficial_only: none of them is more than a superficial wound, and such records are left out
-- Excludes  patients sent home from the emergency department; encounters without final codes; superficial injuries alone
-- Source    National Trauma Data Standard, patient inclusion criteria; confirm the list of your state (general knowledge of
--           the field)
with injury as (
  select
    encounter_id,
    code,
    row_number() over (partition by encounter_id order by seq) as place,
    case when substr(code, 1, 1) = 'S' and substr(code, 3, 1) = '0' then 1 else 0 end as is_superficial
  from core.encounter_code
  where
    stage = 'final'
    and code_set = 'ICD10CM'
    and (
      (substr(code, 1, 1) = 'S' and substr(code, 7, 1) in ('A', 'B', 'C'))
      or substr(code, 1, 3) in ('T07', 'T14')
      or (substr(code, 1, 4) = 'T79A' and substr(code, 7, 1) = 'A')
    )
),
injured as (
  select
    encounter_id,
    count(*) as injury_count,
    min(is_superficial) as is_superficial_only,
    max(case when place = 1 then code end) as injury_1,
    max(case when place = 2 then code end) as injury_2,
    max(case when place = 3 then code end) as injury_3,
    max(case when place = 4 then code end) as injury_4,
    max(case when place = 5 then code end) as injury_5,
    max(case when place = 6 then code end) as injury_6,
    max(case when place = 7 then code end) as injury_7,
    max(case when place = 8 then code end) as injury_8,
    max(case when place = 9 then code end) as injury_9,
    max(case when place = 10 then code end) as injury_10
  from injury
  group by encounter_id
)
select
  encounter.encounter_id,
  patient_key,
  facility_id,
  patient_class,
  age_years,
  sex,
  race,
  ethnicity,
  admit_date,
  discharge_date,
  los_days,
  discharge_disposition,
  injury_count,
  injury_1,
  injury_2,
  injury_3,
  injury_4,
  injury_5,
  injury_6,
  injury_7,
  injury_8,
  injury_9,
  injury_10
from injured
inner join core.encounter as encounter on encounter.encounter_id = injured.encounter_id
where
  is_superficial_only = 0
  and (patient_class in ('inpatient', 'observation') or discharge_disposition in ('02', '05', '20', '66'))
