-- One row per calendar day from 1900 to 2099.
--
-- Key  day
select
  cast(day as date) as day,
  cast(date_trunc('month', day) as date) as month,
  day = last_day(day) as is_month_end
from generate_series(timestamp '1900-01-01', timestamp '2099-12-31', interval 1 day) as series (day)
