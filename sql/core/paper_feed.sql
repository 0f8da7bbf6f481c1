-- One row per facility that scans: it tells when paper is received, scanned or indexed.
--
-- Key     facility_key
-- Counts  is_day_only: the hours of its documents, or of its discharges, are not told (core.feed_precision)
select
  arrival.facility_key,
  max(case when feed_precision.is_day_only then 1 else 0 end) = 1 as is_day_only
from core.document_arrival as arrival
left join core.feed_precision as feed_precision
  on feed_precision.facility_key = arrival.facility_key
  and feed_precision.extract in ('document', 'encounter')
where arrival.event in ('received', 'scanned', 'indexed')
group by arrival.facility_key
