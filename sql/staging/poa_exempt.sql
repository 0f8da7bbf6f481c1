-- One row per ICD-10-CM code and span of days in which it is exempt from present-on-admission reporting.
--
-- Key  code, valid_from
select
  plain_code(code) as code,
  valid_from,
  valid_to
from raw.poa_exempt
