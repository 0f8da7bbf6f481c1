-- One row per tumor abstract, with the groups that frequencies of a registry are by.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind    view
-- Counts  every abstract; site recodes are null where their table is not configured
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_date,
  cast(diagnosis_year as varchar) as diagnosis_year,
  site_recode_2008,
  site_recode_2023,
  behavior_recode,
  iarc_primary,
  summary_stage,
  summary_stage_2000,
  sex,
  race_group,
  county
from core.tumor_recode
