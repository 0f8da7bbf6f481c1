-- Where the auditor states the kind of error, our verdict is the same.
--
-- Severity  warn
-- Examines  staging.audit_code where error_type in ('match', 'revised', 'omitted', 'unsupported')
-- Counts    one row per worksheet line whose stated error_type (match, revised, omitted, unsupported) differs from ours.
--           A diagnosis counts once: a code replaced by one that stands on another line as well is unsupported to us and
--           may be called revised
select stated.audit_id
from staging.audit_code as stated
inner join core.audit_code as ours
  on ours.audit_id = stated.audit_id and coalesce(ours.coder_line, ours.auditor_line) = stated.line
where
  stated.error_type in ('match', 'revised', 'omitted', 'unsupported')
  and stated.error_type <> ours.verdict
  and not (stated.error_type = 'revised' and ours.verdict = 'unsupported' and stated.auditor_code is not null)
