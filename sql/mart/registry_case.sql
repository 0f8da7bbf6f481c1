-- One row per tumor abstract, with what cases are counted by.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind    view
-- Counts  every abstract, whatever its behavior and class of case
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
  case when is_analytic then 'analytic' else 'nonanalytic' end as analytic
from core.tumor
