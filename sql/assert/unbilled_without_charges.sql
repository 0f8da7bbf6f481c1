-- Every unbilled account has charges.
--
-- Severity  warn
-- Counts    one row per account unbilled on the last day without any charge told: it counts as an account and adds nothing
--           to the dollars
select account_id
from mart.unbilled_account
where stage = 'unbilled' and account_id not in (select account_id from core.account_charge)
