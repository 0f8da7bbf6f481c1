-- One row per closed random audit: did the coder dispute it, and what came of it?
--
-- Key       audit_id
-- Counts    closed_count is 1. rebuttal_count: disputed. decided_count: disputed and decided; of these overturned_count
--           fell as a whole, partial_count in part
-- Excludes  focused audits; open audits; second reviews
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
  1 as closed_count,
  case when is_rebutted then 1 else 0 end as rebuttal_count,
  case when rebuttal_outcome in ('finding_upheld', 'finding_overturned', 'partial') then 1 else 0 end as decided_count,
  case when rebuttal_outcome = 'finding_overturned' then 1 else 0 end as overturned_count,
  case when rebuttal_outcome = 'partial' then 1 else 0 end as partial_count
from core.audit_review
where is_closed and sample = 'random'
