-- One row per code that an edit of the Medicare Code Editor names, by version and rule.
--
-- Key  version, edit, code_kind, code, rule
select
  drg_version_number(version) as version,
  valid_from,
  valid_to,
  edit,
  code_kind,
  plain_code(code) as code,
  rule,
  age_from,
  age_to
from raw.mce_code
