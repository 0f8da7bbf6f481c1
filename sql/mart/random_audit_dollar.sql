-- One row per inpatient record audited at random whose change of DRG is worth a known number of dollars.
--
-- Key       audit_id
-- Kind      view
-- Counts    dollar_basis says what dollar_change was taken from; see core.audit_drg
-- Excludes  records with neither weights and a rate nor both reimbursements
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
  dollar_basis,
  dollar_change,
  overpaid_dollars,
  paid_dollars
from mart.audit_drg
where sample = 'random' and dollar_change is not null
