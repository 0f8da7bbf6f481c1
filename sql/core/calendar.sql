-- One row per calendar day from 1900 to 2099.
--
-- Key  day
select
  day,
  month,
  is_month_end
from staging.calendar
