-- One row per extract that measures wait for: up to when it speaks.
--
-- What is still open is watched until then, and daily stocks end on that day. Where several sources send one extract it
-- is the latest of them; an extract that nobody sends, or that does not say, speaks as far as the encounters do.
--
-- Key  extract
with awaited as (
  select 'encounter' as extract
  union all
  select 'coding_event'
  union all
  select 'deficiency'
  union all
  select 'billing'
  union all
  select 'query'
  union all
  select 'denial'
  union all
  select 'roi_request'
  union all
  select 'document'
  union all
  select 'provider_interval'
),
sent as (
  select extract, max(as_of_at) as as_of_at, max(as_of_date) as as_of_date
  from staging.extract_source
  inner join staging.source using (source_id)
  group by extract
),
encounters as (
  select max(as_of_at) as as_of_at, max(as_of_date) as as_of_date
  from sent
  where extract = 'encounter'
)
select
  awaited.extract,
  coalesce(sent.as_of_at, encounters.as_of_at) as as_of_at,
  coalesce(sent.as_of_date, encounters.as_of_date) as as_of_date
from awaited
cross join encounters
left join sent on sent.extract = awaited.extract
