-- One row per record audited at random, code class and role of the diagnosis: mart.audit_record_class without the
-- focused audits.
--
-- Key       audit_id, code_class, dx_role
-- Kind      view
-- Excludes  judgmental samples and focused audits, which say nothing about the records not chosen
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
from mart.audit_record_class
where sample = 'random'
