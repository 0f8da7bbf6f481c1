-- One row per finally coded encounter: whether its coding was touched again.
--
-- Key     encounter_id
-- Counts  recoded_count: an event recoded at or after the first final coding
--         first_pass_count: coded finally once, and neither reopened nor recoded since
--         billed_count: 1 where a final bill went out; recoded_after_bill_count: recoded after the first one
--         document_record_count: 1 where the facility sends documents; late_document_count: one of the record was
--         written, transcribed, received or scanned after final coding
--         final_coded_date: by the facility's calendar
with final_coding as (
  select encounter_id, min(event_at) as final_coded_at, min(event_date) as final_coded_date, count(*) as times
  from core.coding_event
  where event = 'final_coded' and event_at is not null
  group by encounter_id
),
touched as (
  select
    coding_event.encounter_id,
    max(case when coding_event.event = 'recoded' then coding_event.event_at end) as last_recoded_at,
    max(case when coding_event.event = 'recoded' then 1 else 0 end) as was_recoded
  from core.coding_event
  inner join final_coding on final_coding.encounter_id = coding_event.encounter_id
  where coding_event.event in ('recoded', 'reopened') and coding_event.event_at >= final_coding.final_coded_at
  group by coding_event.encounter_id
),
bill as (
  select encounter_id, min(final_billed_at) as billed_at
  from core.billing
  where final_billed_at is not null
  group by encounter_id
),
document_teller as (
  select coalesce(encounter.facility_id, '') as facility_key
  from core.document
  inner join core.encounter on encounter.encounter_id = document.encounter_id
  group by coalesce(encounter.facility_id, '')
),
arrived as (
  select encounter_id, max(event_at) as last_arrived_at
  from core.document
  where event in ('authored', 'transcribed', 'received', 'scanned')
  group by encounter_id
)
select
  final_coding.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  final_coding.final_coded_date,
  1 as record_count,
  coalesce(touched.was_recoded, 0) as recoded_count,
  case when final_coding.times = 1 and touched.encounter_id is null then 1 else 0 end as first_pass_count,
  case when bill.billed_at is not null then 1 else 0 end as billed_count,
  case when touched.last_recoded_at > bill.billed_at then 1 else 0 end as recoded_after_bill_count,
  case when document_teller.facility_key is not null then 1 else 0 end as document_record_count,
  case when arrived.last_arrived_at > final_coding.final_coded_at then 1 else 0 end as late_document_count
from final_coding
inner join core.encounter on encounter.encounter_id = final_coding.encounter_id
left join core.coding_milestone on coding_milestone.encounter_id = final_coding.encounter_id
left join touched on touched.encounter_id = final_coding.encounter_id
left join bill on bill.encounter_id = final_coding.encounter_id
left join document_teller on document_teller.facility_key = coalesce(encounter.facility_id, '')
left join arrived on arrived.encounter_id = final_coding.encounter_id
