-- No account is final billed before its first discharge.
--
-- Severity  warn
-- Counts    one row per account; such an account never enters DNFB
select account_id
from core.account
inner join core.account_bill using (account_id)
where is_first and final_billed_at < discharge_at
