-- One row per day and provider suspended.
--
-- Key     stock_date, provider_id
-- Counts  suspended_count 1 a row, at the end of the day: read on one day they are providers, added over days they are
--         suspension-days. A day without any has one row of 0, with no provider
--         from the first interval of any provider to the last day told of
with told as (
  select min(start_date) as first_date, max(feed.as_of_date) as last_date
  from core.provider_interval
  cross join (select as_of_date from core.extract_as_of where extract = 'provider_interval') as feed
),
told_day as (
  select day
  from core.calendar
  cross join told
  where day >= first_date and day <= last_date
),
suspended as (
  select day, provider_id, specialty, service_line
  from told_day
  inner join core.provider_interval as suspension
    on day >= suspension.start_date and day < coalesce(suspension.end_date, date '9999-12-31')
  left join core.provider using (provider_id)
  where suspension.type = 'suspension'
)
select
  told_day.day as stock_date,
  provider_id,
  specialty,
  service_line,
  case when suspended.day is null then 0 else 1 end as suspended_count
from told_day
left join suspended on suspended.day = told_day.day
