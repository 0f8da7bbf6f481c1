-- One row per facility, coder and month of final coding: records coded, and how many of them a random audit looked at.
--
-- Key     facility_id, service_line, patient_class, coder_id, coded_month
-- Counts  coded_count: encounters by the first time they were final coded, and who did it; audited_count of them: there is
--         a final random audit of it that names the same coder (any coder where the event names none). A record audited
--         twice counts once, and a month's figure grows as long as audits of its records close
-- Ties    of two coders at the same moment the first in order of id
with coded as (
  select
    encounter_id,
    first_by(coder_id, event_at) as coder_id,
    min(event_date) as coded_date
  from core.coding_event
  where event = 'final_coded' and event_date is not null
  group by encounter_id
),
audited as (
  select encounter_id, coder_id
  from core.audit_review
  where is_scored and sample = 'random'
  group by encounter_id, coder_id
),
covered as (
  select coded.encounter_id, max(case when audited.encounter_id is null then 0 else 1 end) as audited_count
  from coded
  left join audited
    on audited.encounter_id = coded.encounter_id and audited.coder_id = coalesce(coded.coder_id, audited.coder_id)
  group by coded.encounter_id
)
select
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  coded.coder_id,
  month_of(coded.coded_date) as coded_month,
  count(*) as coded_count,
  cast(sum(covered.audited_count) as bigint) as audited_count
from coded
inner join covered using (encounter_id)
inner join core.encounter as encounter using (encounter_id)
group by
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  coded.coder_id,
  month_of(coded.coded_date)
