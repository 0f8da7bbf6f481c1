-- All encounters of an account belong to one facility.
--
-- Severity  warn
-- Counts    one row per account of several; it counts at the facility of the encounter that came first
select account_id
from core.account
where facility_count > 1
