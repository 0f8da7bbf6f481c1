-- One row per facility and kind of rows that arrive of it: how many do.
--
-- What arrives at all is read from here (core.facility_feed, core.billing_feed, core.operation_feed); documents:
-- core.document_arrival.
--
-- Key     facility_key, feed
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         encounters · charts (a chart's status told, or a deficiency) · coding · billing · submissions (bills sent to a
--         payer) · holds · surgery · queries (of CDI, cancelled ones included) · reviews (of CDI) · denials ·
--         denied_charges (initial denials that tell what was billed) · settlements (denials that tell outcome and amount)
with arrival as (
  select encounter_id, coalesce(facility_id, '') as facility_key, 'encounters' as feed
  from core.encounter
  union all
  select encounter_id, coalesce(facility_id, ''), 'charts'
  from core.encounter
  where chart_status is not null
  union all
  select encounter_id, coalesce(facility_id, ''), 'charts'
  from core.deficiency
  where not is_orphan
  union all
  select encounter.encounter_id, coalesce(facility_id, ''), 'coding'
  from core.coding_milestone
  inner join core.encounter using (encounter_id)
  union all
  select encounter.encounter_id, coalesce(facility_id, ''), 'billing'
  from core.billing
  inner join core.encounter using (encounter_id)
  union all
  select encounter.encounter_id, coalesce(facility_id, ''), 'submissions'
  from core.billing
  inner join core.encounter using (encounter_id)
  where submitted_at is not null
  union all
  select encounter.encounter_id, coalesce(facility_id, ''), 'holds'
  from core.billing_hold
  inner join core.encounter using (encounter_id)
  union all
  select encounter.encounter_id, coalesce(facility_id, ''), 'surgery'
  from core.procedure_case
  inner join core.encounter using (encounter_id)
  union all
  select encounter_id, coalesce(facility_id, ''), 'queries'
  from core.query
  where workflow = 'cdi' and not is_orphan
  union all
  select encounter.encounter_id, coalesce(encounter.facility_id, ''), 'reviews'
  from core.cdi_review
  inner join core.encounter using (encounter_id)
  union all
  select encounter_id, coalesce(facility_id, ''), 'denials'
  from core.denial
  where not is_orphan
  union all
  select encounter_id, coalesce(facility_id, ''), 'denied_charges'
  from core.denial
  where not is_orphan and level = 'initial' and billed_amt is not null
  union all
  select encounter_id, coalesce(facility_id, ''), 'settlements'
  from core.denial
  where not is_orphan and outcome is not null and denied_amt is not null
)
select facility_key, feed, count(*) as arrival_count
from arrival
group by facility_key, feed
