-- One row per record audited at random, its secondary diagnoses.
--
-- Key       audit_id, code_class, dx_role
-- Kind      view
-- Excludes  principal, admitting and visit diagnoses; audits sent as counts, which do not tell them apart
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
where dx_role = 'sdx'
