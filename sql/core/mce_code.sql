-- One row per code that an edit of the Medicare Code Editor names, by version and rule.
--
-- Key     version, edit, code_kind, code, rule
-- Counts  code_kind: dx or px; age_from, age_to: years, both inclusive, of rules about age
--         valid_until: first day on which the version no longer holds
-- Source  Medicare Code Editor lists of `code_tables`
select
  version,
  valid_from,
  coalesce(valid_to, date '9999-12-31') as valid_until,
  edit,
  code_kind,
  code,
  rule,
  age_from,
  age_to
from staging.mce_code
