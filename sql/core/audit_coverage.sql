-- One row per facility, service, class, coder, day of final coding and day from which it counts: records coded, and how
-- many of them a random audit looked at.
--
-- Key       facility_id, service_line, patient_class, coder_id, coded_date, known_date
-- Counts    coded_count: encounters on the day they were first final coded, by who did it. audited_count: those of which a
--           final random audit names the same coder (any coder where the event names none), from the day the first of
--           these closed. A record audited twice counts once
--           A record coded before its facility's first audit closed counts from then on
--           entry_count: records that either counts
-- Excludes  facilities of which no closed audit has arrived: that none is known is not that none was made
-- Ties      of two coders at the same moment the first in order of id
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
  select coded.encounter_id, min(review.audit_date) as audit_date
  from coded
  inner join core.audit_review as review
    on review.encounter_id = coded.encounter_id and review.coder_id = coalesce(coded.coder_id, review.coder_id)
  where is_scored and sample = 'random'
  group by coded.encounter_id
),
counted as (
  select encounter_id, coder_id, coded_date, coded_date as known_date, false as is_audit
  from coded
  union all
  select coded.encounter_id, coder_id, coded_date, later_of(audit_date, coded_date), true
  from coded
  inner join audited using (encounter_id)
)
select
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  counted.coder_id,
  counted.coded_date,
  later_of(counted.known_date, feed.first_audit_date) as known_date,
  count(case when not is_audit then 1 end) as coded_count,
  count(case when is_audit then 1 end) as audited_count,
  count(*) as entry_count
from counted
inner join core.encounter as encounter using (encounter_id)
inner join core.audit_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
group by
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  counted.coder_id,
  counted.coded_date,
  later_of(counted.known_date, feed.first_audit_date)
