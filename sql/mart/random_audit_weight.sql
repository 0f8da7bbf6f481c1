-- One row per inpatient record audited at random whose DRG weight is known on both sides.
--
-- Key       audit_id
-- Kind      view
-- Counts    weighed_count is 1; for the rest see mart.audit_drg
-- Excludes  records without both weights: nothing known is not nothing changed
select
  audit_id,
  facility_id,
  service_line,
  patient_class,
  coder_id,
  auditor_id,
  audit_type,
  sample_method,
  audit_date,
  drg_change_reason,
  1 as weighed_count,
  weight_change,
  weight_change_gross,
  weight_undercoded,
  weight_overcoded
from mart.audit_drg
where sample = 'random' and weight_change is not null
