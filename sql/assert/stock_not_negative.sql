-- No stock falls below zero.
--
-- Severity  fatal
-- Examines  mart.dnfc_day
-- Counts    one row per day and group
select stock_date
from mart.dnfc_day
where uncoded_count < 0
