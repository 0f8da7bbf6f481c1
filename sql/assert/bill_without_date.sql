-- Every bill that is said to have gone out says when.
--
-- Severity  warn
-- Counts    one row per account with a bill billed, closed, at zero balance or bad debt and no final_billed_ts; it is in no
--           stock of unbilled accounts
select account_id
from core.account
where exclusion = 'undated'
