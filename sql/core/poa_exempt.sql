-- One row per ICD-10-CM code and span of days in which it is exempt from present-on-admission reporting.
--
-- Key     code, valid_from
-- Counts  valid_until: first day on which it no longer holds, 9999-12-31 while it does
-- Source  CMS POA-exempt lists of `code_tables`
select
  code,
  valid_from,
  coalesce(valid_to, date '9999-12-31') as valid_until
from staging.poa_exempt
