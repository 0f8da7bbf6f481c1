-- What is counted of codes is counted once, and no part is larger than its whole.
--
-- Severity  fatal
-- Examines  mart.record_code_class
-- Counts    one row per record and class that breaks it, and one where the totals differ
select encounter_id
from mart.record_code_class
where
  invalid_count + header_count > examined_count
  or malformed_count > shaped_count
  or unspecified_avoidable_count > unspecified_count
  or unspecified_count > titled_count
  or poa_missing_count > poa_required_count
  or poa_exempt_reported_count > poa_exempt_count
union all
select 'total'
where
  (select coalesce(sum(code_count), 0) from mart.record_code_class)
  <> (select count(*) from core.reported_code)
