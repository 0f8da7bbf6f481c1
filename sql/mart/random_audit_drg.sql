-- One row per inpatient record audited at random with both DRGs: mart.audit_drg without the focused audits.
--
-- Key       audit_id
-- Kind      view
-- Excludes  judgmental samples and focused audits, which say nothing about the records not chosen
select
  audit_id,
  facility_id,
  service_line,
  patient_class,
  coder_id,
  auditor_id,
  audit_type,
  sample_method,
  sample,
  audit_date,
  drg_change_reason,
  drg_count,
  drg_same_count,
  documented_same_count,
  ungroupable_count
from mart.audit_drg
where sample = 'random'
