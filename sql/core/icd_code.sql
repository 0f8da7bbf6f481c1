-- One row per ICD-10 code and span of days in which it stood in its code table with the same meaning, headers included.
--
-- Key     code_set, code, valid_from
-- Counts  valid_until: first day on which it no longer holds, 9999-12-31 while it does
--         is_unspecified, has_specific_sibling: from official titles, told when the table was read; ICD-10-CM only
-- Source  CMS order files, or lists of codes with validity, of `code_tables`
select
  'ICD10CM' as code_set,
  code,
  valid_from,
  coalesce(valid_to, date '9999-12-31') as valid_until,
  is_billable,
  title,
  is_unspecified,
  has_specific_sibling
from staging.icd10cm_code
union all
select
  'ICD10PCS',
  code,
  valid_from,
  coalesce(valid_to, date '9999-12-31'),
  is_billable,
  title,
  cast(null as boolean),
  cast(null as boolean)
from staging.icd10pcs_code
