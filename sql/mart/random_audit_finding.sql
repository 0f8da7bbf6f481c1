-- One row per closed random audit and code class as it stood before any rebuttal.
--
-- Key       audit_id, code_class, dx_role
-- Counts    match_count ÷ auditor_code_count is code accuracy before rebuttals (CA19)
-- Excludes  focused audits; open audits; second reviews
select
  audit_id,
  code_class,
  dx_role,
  pairing,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.audit_date,
  match_count,
  match_count + revised_count + omitted_count as auditor_code_count
from core.audit_finding
inner join core.audit_review as review using (audit_id)
where sample = 'random'
