-- One row per audited inpatient record with the coder's DRG and the auditor's, random and focused audits alike.
--
-- Key     audit_id
-- Counts  drg_same_count ÷ drg_count is DRG accuracy: DRGs of one version, neither ungroupable; documented_same_count
--         counts a change that only a later query brought about as right. ungroupable_count are those left out of it
--         weight_change: auditor's weight − coder's where both are known; weight_undercoded its gains,
--         weight_overcoded its losses (0 or below), weight_change_gross the one without the sign of the other
--         dollar_change, overpaid_dollars, paid_dollars: see core.audit_drg
select
  audit_id,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.sample,
  review.audit_date,
  drg.drg_change_reason,
  drg.dollar_basis,
  case when is_comparable then 1 else 0 end as drg_count,
  case when is_comparable and is_same then 1 else 0 end as drg_same_count,
  case when is_comparable and not is_documentation_error then 1 else 0 end as documented_same_count,
  case when is_ungroupable then 1 else 0 end as ungroupable_count,
  weight_change,
  case when weight_change < 0 then -weight_change else weight_change end as weight_change_gross,
  case when weight_change > 0 then weight_change when weight_change <= 0 then 0 end as weight_undercoded,
  case when weight_change < 0 then weight_change when weight_change >= 0 then 0 end as weight_overcoded,
  dollar_change,
  overpaid_dollars,
  paid_dollars
from core.audit_drg as drg
inner join core.audit_review as review using (audit_id)
