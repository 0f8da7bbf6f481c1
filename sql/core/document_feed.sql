-- One row per facility of which documents arrive.
--
-- Key     facility_key
-- Counts  first_arrived_at: UTC moment of the first event of any document; null where none has a time
with first_day as (
  select facility_key, min(event_day) as event_day
  from core.document_day
  group by facility_key
),
-- Up to the last facility's first day alone, or every event of years would be joined.
early as (
  select encounter_id, event_at
  from core.document
  cross join (select start_of(add_days(max(event_day), 1)) as until_at from first_day) as all_arrive
  where event_at < until_at
),
arrived as (
  select coalesce(encounter.facility_id, '') as facility_key, min(event_at) as first_arrived_at
  from early
  inner join core.encounter using (encounter_id)
  group by coalesce(encounter.facility_id, '')
)
select facility_key, first_arrived_at
from first_day
left join arrived using (facility_key)
