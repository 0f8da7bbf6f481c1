-- One row per finally coded encounter and step that changes what is known of its coding: the counts of its steps add up.
--
-- Adding up the steps known on a past day gives that day's figures: a record recoded in May was coded once in April.
--
-- Key     encounter_id, step
-- Apart   encounter_id
-- Counts  known_at: UTC moment of the step
--         final: coded finally for the first time: record_count 1, first_pass_count 1
--         touched: coded finally again later, reopened or recoded since: first_pass_count -1
--         recoded: recoded_count 1. billed: a final bill went out, billed_count 1
--         recoded_after_bill: recoded later than the first final bill, recoded_after_bill_count 1
--         documented: the facility sends documents, document_record_count 1
--         late_document: one of the record was written, transcribed, received or scanned later, late_document_count 1
--         final_coded_date: of the first final coding, by the facility's calendar; the same in all steps of a record
with final_coding as (
  select encounter_id, min(event_at) as final_coded_at, min(event_date) as final_coded_date
  from core.coding_event
  where event = 'final_coded' and event_at is not null
  group by encounter_id
),
again as (
  select coding_event.encounter_id, coding_event.event, coding_event.event_at
  from core.coding_event
  inner join final_coding on final_coding.encounter_id = coding_event.encounter_id
  where
    coding_event.event in ('recoded', 'reopened') and coding_event.event_at >= final_coding.final_coded_at
    or coding_event.event = 'final_coded' and coding_event.event_at > final_coding.final_coded_at
),
bill as (
  select encounter_id, min(final_billed_at) as billed_at
  from core.billing
  where final_billed_at is not null
  group by encounter_id
),
arrival as (
  select document.encounter_id, document.event, document.event_at
  from core.document
  inner join core.encounter on encounter.encounter_id = document.encounter_id
),
step as (
  select encounter_id, 'final' as step, final_coded_at as known_at from final_coding
  union all
  select encounter_id, 'touched', min(event_at) from again group by encounter_id
  union all
  select encounter_id, 'recoded', min(event_at) from again where event = 'recoded' group by encounter_id
  union all
  select final_coding.encounter_id, 'billed', later_of(bill.billed_at, final_coding.final_coded_at)
  from final_coding
  inner join bill on bill.encounter_id = final_coding.encounter_id
  union all
  select again.encounter_id, 'recoded_after_bill', min(again.event_at)
  from again
  inner join bill on bill.encounter_id = again.encounter_id
  where again.event = 'recoded' and again.event_at > bill.billed_at
  group by again.encounter_id
  union all
  select
    final_coding.encounter_id,
    'documented',
    later_of(document_feed.first_arrived_at, final_coding.final_coded_at)
  from final_coding
  inner join core.encounter on encounter.encounter_id = final_coding.encounter_id
  inner join core.document_feed on document_feed.facility_key = coalesce(encounter.facility_id, '')
  union all
  select arrival.encounter_id, 'late_document', min(arrival.event_at)
  from arrival
  inner join final_coding on final_coding.encounter_id = arrival.encounter_id
  where
    arrival.event in ('authored', 'transcribed', 'received', 'scanned')
    and arrival.event_at > final_coding.final_coded_at
  group by arrival.encounter_id
)
select
  step.encounter_id,
  step.step,
  step.known_at,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  final_coding.final_coded_date,
  case when step.step = 'final' then 1 else 0 end as record_count,
  case step.step when 'final' then 1 when 'touched' then -1 else 0 end as first_pass_count,
  case when step.step = 'recoded' then 1 else 0 end as recoded_count,
  case when step.step = 'billed' then 1 else 0 end as billed_count,
  case when step.step = 'recoded_after_bill' then 1 else 0 end as recoded_after_bill_count,
  case when step.step = 'documented' then 1 else 0 end as document_record_count,
  case when step.step = 'late_document' then 1 else 0 end as late_document_count
from step
inner join final_coding on final_coding.encounter_id = step.encounter_id
inner join core.encounter on encounter.encounter_id = step.encounter_id
left join core.coding_milestone on coding_milestone.encounter_id = step.encounter_id
