-- One row per diagnosis that is a complication or comorbidity (CC) or a major one (MCC), and span of days.
--
-- Key     code, valid_from
-- Counts  cc_level: CC or MCC; valid_until: first day on which it no longer holds
-- Source  tables 6I and 6J of the IPPS rule, of `code_tables`
select
  code,
  cc_level,
  drg_version,
  valid_from,
  coalesce(valid_to, date '9999-12-31') as valid_until
from staging.cc_code
