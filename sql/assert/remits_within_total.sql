-- No more remittances paid nothing than there were.
--
-- Severity  warn
-- Counts    one row per facility and month; it is left out of the primary denial rate
select facility_id
from core.period_stat
where primary_remits_zero_paid > primary_remits
