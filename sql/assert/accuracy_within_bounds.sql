-- No accuracy counts more right than there was to get right: CA1, CA3 and CA5 lie between 0 and 1.
--
-- Severity  fatal
-- Counts    one row per audited record and class; CA2 may fall below 0 but not rise above 1
select audit_id
from mart.audit_record_class
where
  match_count < 0
  or match_count > auditor_code_count
  or match_count > opportunity_count
  or coder_right_count > coder_code_count
union all
select audit_id
from mart.audit_record
where is_error_free not between 0 and record_count
