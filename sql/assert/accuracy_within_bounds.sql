-- No accuracy counts more right than there was to get right: the shares of audits lie between 0 and 1.
--
-- Severity  fatal
-- Examines  mart.audit_record
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
where
  is_error_free not between 0 and judged_count
  or kept_count > auditor_code_count
  or pdx_same_count > pdx_count
  or poa_same_count not between 0 and poa_count
  or modifier_same_count not between 0 and modifier_count
  or disposition_same_count > disposition_count
  or abstract_right_count > abstract_count
union all
select audit_id
from mart.audit_drg
where drg_same_count > drg_count or documented_same_count < drg_same_count
