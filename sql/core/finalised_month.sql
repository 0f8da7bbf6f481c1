-- One row per facility, coder, patient class and month: records first final coded in it.
--
-- Key     facility_id, coder_id, patient_class, month
-- Counts  coder_id: of the first final coding; the empty text where it names none
-- Ties    of final codings at one moment that of the first coder in order of id
with final_coding as (
  select
    encounter_id,
    first_by(coalesce(coder_id, ''), event_at) as coder_id,
    min(event_date) as final_coded_date
  from core.coding_event
  where event = 'final_coded' and event_at is not null
  group by encounter_id
)
select
  encounter.facility_id,
  final_coding.coder_id,
  encounter.patient_class,
  month_of(final_coded_date) as month,
  count(*) as record_count
from final_coding
inner join core.encounter as encounter on encounter.encounter_id = final_coding.encounter_id
where final_coded_date is not null
group by encounter.facility_id, final_coding.coder_id, encounter.patient_class, month_of(final_coded_date)
