-- One row per record audited at random from a frame of known size, code class and role of the diagnosis.
--
-- Key       audit_id, code_class, dx_role
-- Kind      view
-- Excludes  audits whose sender does not say how many records they were drawn from: they stand for no one knows how many
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
where frame is not null
