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
  select
    coalesce(facility_id, '') as facility_key,
    case when max(case when chart_status is not null then 1 else 0 end) = 1 then 'charts' else 'encounters' end as feed
  from core.encounter
  group by coalesce(facility_id, '')
  union all
  select distinct coalesce(encounter.facility_id, ''), 'coding'
  from core.coding_milestone
  inner join core.encounter using (encounter_id)
  union all
  select distinct coalesce(encounter.facility_id, ''), 'billing'
  from core.billing
  inner join core.encounter using (encounter_id)
  union all
  select distinct coalesce(facility_id, ''), 'charts'
  from core.deficiency
  where not is_orphan
  union all
  select distinct coalesce(encounter.facility_id, ''), 'documents'
  from core.document
  inner join core.encounter using (encounter_id)
  union all
  select distinct coalesce(encounter.facility_id, ''), 'surgery'
  from core.procedure_case
  inner join core.encounter using (encounter_id)
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
