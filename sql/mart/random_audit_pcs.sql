-- One row per record audited at random, its ICD-10-PCS procedures.
--
-- Key       audit_id, code_class, dx_role
-- Kind      view
-- Excludes  other code classes
select
  audit_id,
  code_class,
  dx_role,
  pairing,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  coder_id,
  auditor_id,
  audit_type,
  sample_method,
  sample,
  frame,
  frame_record_count,
  audit_date,
  match_count,
  error_count,
  coder_code_count,
  auditor_code_count,
  opportunity_count,
  coder_right_count,
  twice_match_count,
  both_code_count
from mart.random_audit_record_class
where code_class = 'pcs'
