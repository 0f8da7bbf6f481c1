-- One row per record that CDI reviewed, and one per CDI query about it.
--
-- Key       encounter_id, entry
-- Counts    entry is empty on the row of the review and the query_id on that of a query
--           reviewed_count: 1 on the row of the review; query_count: 1 on that of a query; queried_count: 1 on that of the
--           first query. known_at is when each became so: a query sent before the first review counts from the review on
-- Excludes  queries cancelled, or of a workflow other than CDI; reviews of records that have not arrived; facilities of
--           which no CDI queries arrive
-- Ties      of queries sent at one moment the first is the first in order of id
with reviewed as (
  select encounter_id, min(review_at) as first_review_at, min(review_date) as first_review_date
  from core.cdi_review
  group by encounter_id
),
reviewed_record as (
  select
    encounter.encounter_id,
    encounter.facility_id,
    encounter.service_line,
    encounter.patient_class,
    first_review_at,
    first_review_date
  from reviewed
  inner join core.encounter as encounter on encounter.encounter_id = reviewed.encounter_id
  inner join core.operation_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
  where feed.has_query
),
numbered_query as (
  select
    encounter_id,
    query_id,
    sent_at,
    row_number() over (partition by encounter_id order by sent_at, query_id) as query_no
  from core.query
  where is_counted and workflow = 'cdi'
)
select
  encounter_id,
  '' as entry,
  facility_id,
  service_line,
  patient_class,
  first_review_date,
  first_review_at as known_at,
  1 as reviewed_count,
  0 as queried_count,
  0 as query_count
from reviewed_record
union all
select
  encounter_id,
  query_id,
  facility_id,
  service_line,
  patient_class,
  first_review_date,
  later_of(first_review_at, sent_at),
  0,
  case when query_no = 1 then 1 else 0 end,
  1
from reviewed_record
inner join numbered_query using (encounter_id)
