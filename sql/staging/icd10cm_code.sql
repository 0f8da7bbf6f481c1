-- One row per ICD-10-CM code and span of days of the configured code tables, headers included.
--
-- Key  code, valid_from
select
  plain_code(code) as code,
  valid_from,
  valid_to,
  is_billable,
  title,
  is_unspecified,
  has_specific_sibling
from raw.icd10cm_code
