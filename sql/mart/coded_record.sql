-- One row per coded record: how many codes it has, and what kinds.
--
-- Key     encounter_id
-- Apart   encounter_id
-- Counts  known_at: UTC moment of final coding; of the discharge or admission where no coding event tells
--         Every `…_record_count` is 1 where the record counts for that measure, else 0; `has_…` counts are 0 or 1
--         dx_count: diagnoses, ICD-10-CM or ICD-9-CM; a facility that sends none has no dx_record_count
--         px_count: ICD procedures of inpatients, CPT and HCPCS of others; where a facility sends none of them for such
--         patients it is not known, not zero
--         has_symptom_principal: the principal diagnosis is R00 to R99; of records with an ICD-10-CM principal one
--         has_sdoh: Z55 to Z65, social determinants of health; of records with an ICD-10-CM diagnosis
--         has_25_dx: exactly as many diagnoses as a claim takes, where feeds are cut off
--         has_unspecified: of records with a diagnosis found in the table of its day
--         mce_record_count: inpatients that some edit of the Medicare Code Editor could be put to; mce_hit_count: hit one
with counted as (
  select
    encounter_id,
    any_value(facility_key) as facility_key,
    any_value(patient_class) = 'inpatient' as is_inpatient,
    any_value(code_date) as code_date,
    sum(case when code_set in ('ICD10CM', 'ICD9CM') then 1 else 0 end) as dx_count,
    sum(case
      when patient_class = 'inpatient' and code_set in ('ICD10PCS', 'ICD9PCS') then 1
      when patient_class <> 'inpatient' and code_set in ('CPT', 'HCPCS') then 1
      else 0
    end) as px_count,
    max(case when code_set = 'ICD10CM' then 1 else 0 end) as has_icd10,
    max(case when code_set = 'ICD10CM' and seq = 1 then 1 else 0 end) as has_principal,
    max(case
      when code_set = 'ICD10CM' and seq = 1 and substr(code, 1, 3) between 'R00' and 'R99' then 1
      else 0
    end) as has_symptom_principal,
    max(case when code_set = 'ICD10CM' and substr(code, 1, 3) between 'Z55' and 'Z65' then 1 else 0 end) as has_sdoh,
    max(case when code_set = 'ICD10CM' and is_listed and is_unspecified is not null then 1 else 0 end) as has_title,
    max(case when code_set = 'ICD10CM' and is_listed and is_unspecified then 1 else 0 end) as has_unspecified
  from core.reported_code
  group by encounter_id
),
sender as (
  select
    facility_key,
    max(case when code_set in ('ICD10CM', 'ICD9CM') then 1 else 0 end) as dx,
    max(case when patient_class = 'inpatient' and code_set in ('ICD10PCS', 'ICD9PCS') then 1 else 0 end) as inpatient_px,
    max(case when patient_class <> 'inpatient' and code_set in ('CPT', 'HCPCS') then 1 else 0 end) as other_px
  from core.code_feed
  group by facility_key
),
examined as (
  select encounter_id from core.mce_examined group by encounter_id
),
hit as (
  select encounter_id from core.mce_hit group by encounter_id
)
select
  counted.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  counted.code_date,
  coalesce(
    coding_milestone.final_coded_at,
    coding_milestone.first_coded_at,
    encounter.discharge_at,
    encounter.admit_at
  ) as known_at,
  cast(counted.dx_count as bigint) as dx_count,
  sender.dx as dx_record_count,
  cast(counted.px_count as bigint) as px_count,
  case when counted.is_inpatient then sender.inpatient_px else sender.other_px end as px_record_count,
  counted.has_icd10 as icd10_record_count,
  counted.has_sdoh,
  counted.has_principal as principal_record_count,
  counted.has_symptom_principal,
  case when sender.dx = 1 and counted.dx_count = 25 then 1 else 0 end as has_25_dx,
  counted.has_title as titled_record_count,
  counted.has_unspecified,
  case when examined.encounter_id is not null then 1 else 0 end as mce_record_count,
  case when hit.encounter_id is not null then 1 else 0 end as mce_hit_count
from counted
inner join core.encounter on encounter.encounter_id = counted.encounter_id
inner join sender on sender.facility_key = counted.facility_key
left join core.coding_milestone on coding_milestone.encounter_id = counted.encounter_id
left join examined on examined.encounter_id = counted.encounter_id
left join hit on hit.encounter_id = counted.encounter_id
