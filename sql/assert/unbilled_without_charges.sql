-- Every account unbilled for more than 3 days has charges.
--
-- Severity  warn
-- Counts    one row per account unbilled on the last day and older than 3 days (the short end of a bill hold, by when charges
--           are posted) without any charge told: it counts as an account and adds nothing to the dollars
select account_id
from mart.unbilled_account
where stage = 'unbilled' and age_days > 3 and account_id not in (select account_id from core.account_charge)
