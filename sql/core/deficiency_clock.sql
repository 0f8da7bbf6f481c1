-- One row per deficiency: the days its clock may run from, beside discharge, admission and assignment.
--
-- Key     deficiency_id
-- Apart   encounter_id
-- Counts  surgery_end_date: the last surgical case of the encounter that ended by the time of assignment, that of the
--         deficiency's own provider if there is one; null where no case is told
--         order_date: the last verbal order of the encounter written by then, the provider's own if there is one; where
--         no order is told, the day of assignment
with surgery as (
  select
    encounter_id,
    deficiency_id,
    max(case when surgeon_id = provider_id then end_date end) as own_date,
    max(end_date) as any_date
  from core.deficiency
  inner join core.procedure_case using (encounter_id)
  where end_at <= assigned_at
  group by encounter_id, deficiency_id
),
written_order as (
  select
    deficiency.encounter_id,
    deficiency_id,
    max(case when document.provider_id = deficiency.provider_id then document.event_date end) as own_date,
    max(document.event_date) as any_date
  from core.deficiency
  inner join core.document as document
    on document.encounter_id = deficiency.encounter_id
    and document.doc_type = 'VERBAL_ORDER'
    and document.event = 'authored'
    and document.event_at <= deficiency.assigned_at
  where deficiency.doc_type = 'VERBAL_ORDER'
  group by deficiency.encounter_id, deficiency_id
)
select
  encounter_id,
  deficiency_id,
  coalesce(surgery.own_date, surgery.any_date) as surgery_end_date,
  coalesce(written_order.own_date, written_order.any_date, assigned_date) as order_date
from core.deficiency
left join surgery using (encounter_id, deficiency_id)
left join written_order using (encounter_id, deficiency_id)
