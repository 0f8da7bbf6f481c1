-- No stock of unbilled accounts falls below zero, and no part of it exceeds the whole.
--
-- Severity  fatal
-- Examines  mart.unbilled_day
-- Counts    one row per day and group; dollars may fall below zero where credits exceed charges (see
--           account_balance_negative)
select stock_date
from mart.unbilled_day
where
  dnfc_count < 0
  or dnfb_count < dnfc_count
  or fbns_count < 0
  or past_hold_count < 0
  or past_hold_count > dnfb_count
