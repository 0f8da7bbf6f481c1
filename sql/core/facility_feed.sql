-- One row per facility that has encounters, and what else arrives of it.
--
-- A measure is taken only where its events arrive at all: an encounter without coding events is uncoded where a coding
-- feed exists, and simply not known where there is none.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         has_charts: it tells which charts are analysed, or sends deficiencies
--         has_documents, has_surgery: events of documents, surgical cases arrive; core.facility_document tells of which
--         kinds of document
with arrival as (
  select facility_key, feed
  from core.feed_arrival
  where feed in ('encounters', 'charts', 'coding', 'billing', 'surgery')
  union all
  select facility_key, 'documents'
  from core.document_arrival
)
select
  facility_key,
  max(case when feed = 'coding' then 1 else 0 end) = 1 as has_coding,
  max(case when feed = 'billing' then 1 else 0 end) = 1 as has_billing,
  max(case when feed = 'charts' then 1 else 0 end) = 1 as has_charts,
  max(case when feed = 'documents' then 1 else 0 end) = 1 as has_documents,
  max(case when feed = 'surgery' then 1 else 0 end) = 1 as has_surgery
from arrival
group by facility_key
