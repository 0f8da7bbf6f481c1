-- One row per tumor abstract, with what cases are counted by.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind    view
-- Counts  every abstract, whatever its behavior and class of case
--         ajcc_stage_group: of diagnoses from 2018 on, the pathological stage group, or the clinical one where that is no
--         stage: 0 to 4 without their letters, OC occult; 88 not applicable, 99 not known; null where neither is told.
--         A stage after neoadjuvant therapy (item 1024) is no column of the contract and is not used
-- Source  NCDB participant user file, analytic stage group; NAACCR items 1014 and 1004
with staged as (
  select
    tumor.*,
    case
      when upper(substr(trim(ajccTnmPathStageGroup), 1, 2)) = 'OC' then 'OC'
      when substr(trim(ajccTnmPathStageGroup), 1, 1) between '0' and '4' then substr(trim(ajccTnmPathStageGroup), 1, 1)
    end as path_group,
    case
      when upper(substr(trim(ajccTnmClinStageGroup), 1, 2)) = 'OC' then 'OC'
      when substr(trim(ajccTnmClinStageGroup), 1, 1) between '0' and '4' then substr(trim(ajccTnmClinStageGroup), 1, 1)
    end as clin_group
  from core.tumor
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_date,
  is_diagnosis_date_partial,
  cast(diagnosis_year as varchar) as diagnosis_year,
  site_code,
  behaviorCodeIcdO3 as behavior,
  classOfCase as class_of_case,
  summary_stage,
  case
    when coalesce(diagnosis_year, 0) < 2018 then null
    when path_group is not null then path_group
    when clin_group is not null then clin_group
    when trim(ajccTnmPathStageGroup) = '88' or trim(ajccTnmClinStageGroup) = '88' then '88'
    when coalesce(ajccTnmPathStageGroup, ajccTnmClinStageGroup) is not null then '99'
  end as ajcc_stage_group,
  case when is_analytic then 'analytic' else 'nonanalytic' end as analytic
from staged
