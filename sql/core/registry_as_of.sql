-- One row per source of abstracts: up to when it speaks.
--
-- Key     source_id
-- Counts  as_of_date: where the source does not tell, the latest date in its abstracts
with last_date as (
  select source_id, max(last_process_date) as last_date
  from core.tumor
  group by source_id
)
select last_date.source_id, coalesce(source.as_of_date, last_date.last_date) as as_of_date
from last_date
left join staging.source on source.source_id = last_date.source_id
