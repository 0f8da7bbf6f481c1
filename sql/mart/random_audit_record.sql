-- One row per record audited at random: mart.audit_record without the focused audits.
--
-- Key       audit_id
-- Kind      view
-- Excludes  judgmental samples and focused audits, which say nothing about the records not chosen
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
  is_error_free,
  record_count
from mart.audit_record
where sample = 'random'
