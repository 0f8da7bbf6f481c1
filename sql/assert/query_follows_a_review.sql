-- Every CDI query is about a record that CDI has reviewed.
--
-- Severity  warn
-- Counts    one row per CDI query, not cancelled, of a facility that sends reviews, about a record without one; it is left out of the
--           query rate
select query_id
from core.query
inner join core.operation_feed as feed on feed.facility_key = coalesce(query.facility_id, '')
where
  feed.has_review
  and query.workflow = 'cdi'
  and query.is_counted
  and not query.is_orphan
  and query.encounter_id not in (select encounter_id from core.cdi_review)
