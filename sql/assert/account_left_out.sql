-- No account is combined with another or voided: those that are, are left out of every stock of unbilled accounts.
--
-- Severity  warn
-- Counts    one row per account left out; how many there are, not a fault of the data
select account_id
from core.account
where exclusion in ('combined', 'voided')
