-- One row per facility that has encounters: which of queries, CDI reviews and denials arrive of it.
--
-- What never arrives of a facility is not known there, and not zero.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         has_query: CDI queries, cancelled ones included
--         has_denied_charges: any initial denial tells what was billed; has_settlement: any denial tells its outcome and
--         amount
select
  facility_key,
  max(case when feed = 'queries' then 1 else 0 end) = 1 as has_query,
  max(case when feed = 'reviews' then 1 else 0 end) = 1 as has_review,
  max(case when feed = 'denials' then 1 else 0 end) = 1 as has_denial,
  max(case when feed = 'denied_charges' then 1 else 0 end) = 1 as has_denied_charges,
  max(case when feed = 'settlements' then 1 else 0 end) = 1 as has_settlement
from core.feed_arrival
where feed in ('encounters', 'queries', 'reviews', 'denials', 'denied_charges', 'settlements')
group by facility_key
