-- One row per record of a focused audit: mart.audit_record without the random audits.
--
-- Key       audit_id
-- Kind      view
-- Excludes  random audits
select
  audit_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  coder_id,
  auditor_id,
  audit_type,
  sample_method,
  sample,
  audit_date,
  record_count,
  judged_count,
  is_error_free,
  kept_count,
  auditor_code_count,
  pdx_count,
  pdx_same_count,
  poa_count,
  poa_same_count,
  modifier_count,
  modifier_same_count,
  disposition_count,
  disposition_same_count,
  abstract_count,
  abstract_right_count,
  inpatient_count,
  inpatient_right_count,
  outpatient_count,
  outpatient_right_count
from mart.audit_record
where sample = 'focused'
