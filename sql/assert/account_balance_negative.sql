-- No account stands unbilled with gross charges below zero.
--
-- Severity  warn
-- Counts    one row per account that ever did, credits exceeding charges; its dollars lower DNFB as they stand
select account_id
from core.account_stretch
where gross_cents < 0
group by account_id
