-- One row per audited record, code class and role of the diagnosis, random and focused audits alike, with what code
-- accuracy is counted from.
--
-- Key     audit_id, code_class, dx_role
-- Counts  match_count ÷ auditor_code_count is CA1, coder_right_count ÷ coder_code_count CA2, match_count ÷
--         opportunity_count CA3; match_count ÷ coder_code_count is precision, twice_match_count ÷ both_code_count F1
--         error_count, pairing and dx_role: see core.audit_score
--         coder_right_count: the coder's codes less the errors; below 0 when there are more errors than codes
select
  audit_id,
  code_class,
  dx_role,
  pairing,
  review.encounter_id,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.sample,
  review.frame,
  review.frame_record_count,
  review.audit_date,
  match_count,
  revised_count,
  omitted_count,
  unsupported_count,
  poa_changed_count,
  principal_changed_count,
  error_count,
  match_count + revised_count + unsupported_count as coder_code_count,
  match_count + revised_count + omitted_count as auditor_code_count,
  match_count + revised_count + omitted_count + unsupported_count as opportunity_count,
  match_count + revised_count + unsupported_count - error_count as coder_right_count,
  2 * match_count as twice_match_count,
  2 * (match_count + revised_count) + omitted_count + unsupported_count as both_code_count
from core.audit_score
inner join core.audit_review as review using (audit_id)
