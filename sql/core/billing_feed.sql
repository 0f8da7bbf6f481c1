-- One row per facility that has encounters, and what arrives of it about its accounts.
--
-- A stock of unbilled accounts is known only of a facility whose bills arrive at all; its dollars come from posted
-- charges where those arrive, and what waits for a payer is known only where times of submission do.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         first_posted_date: the first day on which charges were posted
--         has_revenue: it sends its gross patient revenue by month, which then stands for its posted charges
with arrival as (
  select
    facility_key,
    case when feed = 'holds' then 1 else 0 end as holds,
    case when feed = 'submissions' then 1 else 0 end as submissions,
    0 as charges,
    0 as revenue,
    cast(null as date) as posted_date
  from core.feed_arrival
  where feed in ('encounters', 'holds', 'submissions')
  union all
  select coalesce(facility_id, ''), 0, 0, 1, 0, min(posted_date)
  from core.charge_day
  group by coalesce(facility_id, '')
  union all
  select coalesce(facility_id, ''), 0, 0, 0, 1, null
  from core.period_stat
  where coder_id is null and gross_patient_revenue is not null
  group by coalesce(facility_id, '')
),
told as (
  select
    facility_key,
    max(holds) = 1 as has_holds,
    max(submissions) = 1 as has_submissions,
    max(charges) = 1 as has_charges,
    max(revenue) = 1 as has_revenue,
    min(posted_date) as first_posted_date
  from arrival
  group by facility_key
)
select
  facility_key,
  feed.has_billing,
  feed.has_coding,
  has_holds,
  has_submissions,
  has_charges,
  has_revenue,
  first_posted_date
from told
inner join core.facility_feed as feed using (facility_key)
