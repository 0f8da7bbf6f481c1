-- One row per ICD-10-CM code and span of days: the diagnoses of core.icd_code.
--
-- Key   code, valid_from
-- Kind  view
select
  code,
  valid_from,
  valid_until,
  is_billable,
  title,
  is_unspecified,
  has_specific_sibling
from core.icd_code
where code_set = 'ICD10CM'
