-- One row per ICD-10-CM code of the configured CCSR, with its default categories.
--
-- Key  code, version
select
  plain_code(code) as code,
  version,
  category_ip,
  category_op,
  title_ip,
  title_op
from raw.ccsr_code
