-- One row per facility that has encounters, and what else arrives of it.
--
-- A measure is taken only where its events arrive at all: an encounter without coding events is uncoded where a coding
-- feed exists, and simply not known where there is none.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         has_charts: it tells which charts are analysed, or sends deficiencies
with arrival as (
  select
    coalesce(facility_id, '') as facility_key,
    0 as coding,
    0 as billing,
    max(case when chart_status is not null then 1 else 0 end) as charts
  from core.encounter
  group by coalesce(facility_id, '')
  union all
  select coalesce(encounter.facility_id, ''), 1, 0, 0
  from core.coding_milestone
  inner join core.encounter using (encounter_id)
  group by coalesce(encounter.facility_id, '')
  union all
  select coalesce(encounter.facility_id, ''), 0, 1, 0
  from core.billing
  inner join core.encounter using (encounter_id)
  group by coalesce(encounter.facility_id, '')
  union all
  select coalesce(facility_id, ''), 0, 0, 1
  from core.deficiency
  where not is_orphan
  group by coalesce(facility_id, '')
)
select
  facility_key,
  max(coding) = 1 as has_coding,
  max(billing) = 1 as has_billing,
  max(charts) = 1 as has_charts
from arrival
group by facility_key
