-- One row per diagnosis that is a CC or MCC and span of days of the configured code tables.
--
-- Key  code, valid_from
select
  plain_code(code) as code,
  level as cc_level,
  drg_version_number(version) as drg_version,
  valid_from,
  valid_to
from raw.cc_code
