-- One row per audited record and code class, random and focused audits alike, with what code accuracy is counted from.
--
-- Key     audit_id, code_class
-- Counts  match_count ÷ auditor_code_count is CA1, coder_right_count ÷ coder_code_count CA2, match_count ÷
--         opportunity_count CA3
--         error_count: omitted, revised and unsupported codes, changed POA indicators, and one more for a changed
--         principal diagnosis unless the setting pdx_double_count says no
--         coder_right_count: the coder's codes less the errors; below 0 when there are more errors than codes
with setting as (
  select count(*) = 0 as is_pdx_counted
  from core.metric_setting
  where name = 'pdx_double_count' and value in ('no', 'false', '0')
),
counted as (
  select
    score.*,
    omitted_count + revised_count + unsupported_count + poa_changed_count
      + case when is_pdx_changed and is_pdx_counted then 1 else 0 end as error_count
  from core.audit_score as score
  cross join setting
)
select
  audit_id,
  code_class,
  review.encounter_id,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.sample,
  review.audit_date,
  match_count,
  revised_count,
  omitted_count,
  unsupported_count,
  poa_changed_count,
  is_pdx_changed,
  error_count,
  match_count + revised_count + unsupported_count as coder_code_count,
  match_count + revised_count + omitted_count as auditor_code_count,
  match_count + revised_count + omitted_count + unsupported_count as opportunity_count,
  match_count + revised_count + unsupported_count - error_count as coder_right_count
from counted
inner join core.audit_review as review using (audit_id)
