-- One row per ICD-10-CM code of the configured CCSR, with its default categories.
--
-- Key     code
-- Source  AHRQ Clinical Classifications Software Refined, of `code_tables`
select
  code,
  version,
  category_ip,
  category_op,
  title_ip,
  title_op
from staging.ccsr_code
