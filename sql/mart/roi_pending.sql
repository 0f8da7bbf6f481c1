-- One row per month's end (and the last day told of), facility and kind of requestor: requests pending, and their age.
--
-- Key       snapshot_date, facility_id, requestor_type
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days
--           age_days: whole calendar days since receipt, added over the pending_count requests
-- Excludes  requests cancelled, or denied without a time
with told as (
  select min(received_date) as first_date, max(feed.as_of_date) as last_date
  from core.roi_request
  cross join (select as_of_date from core.extract_as_of where extract = 'roi_request') as feed
),
snapshot as (
  select day as snapshot_date
  from core.calendar
  cross join told
  where day >= first_date and day <= last_date and (is_month_end or day = last_date)
)
select
  snapshot_date,
  facility_id,
  requestor_type,
  count(*) as pending_count,
  cast(sum(day_count(received_date, snapshot_date)) as bigint) as age_days
from core.roi_request
inner join snapshot on snapshot_date >= received_date and snapshot_date < coalesce(done_date, date '9999-12-31')
where is_counted
group by snapshot_date, facility_id, requestor_type
