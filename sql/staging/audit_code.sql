-- One row per line of an audit worksheet: the coder's code beside the auditor's, both without dots.
--
-- Key  audit_id, line
select
  audit_id,
  line,
  code_set,
  role,
  plain_code(coder_code) as coder_code,
  coder_poa,
  coder_seq,
  plain_code(auditor_code) as auditor_code,
  auditor_poa,
  auditor_seq,
  link_type,
  error_type,
  root_cause,
  affects_drg,
  rationale_id,
  source_id
from raw.audit_code
