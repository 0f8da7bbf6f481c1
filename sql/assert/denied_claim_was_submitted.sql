-- No claim is denied before any bill of its encounter was submitted.
--
-- Severity  warn
-- Examines  core.denial where level = 'initial' and not is_orphan
-- Counts    one row per initial denial, of a facility whose bills tell when they were submitted, with no bill submitted by then
with submitted as (
  select encounter_id, min(submitted_at) as first_submitted_at
  from core.billing
  where submitted_at is not null
  group by encounter_id
),
teller as (
  select coalesce(encounter.facility_id, '') as facility_key
  from submitted
  inner join core.encounter using (encounter_id)
  group by coalesce(encounter.facility_id, '')
)
select denial_id
from core.denial
inner join teller on teller.facility_key = coalesce(denial.facility_id, '')
left join submitted using (encounter_id)
where level = 'initial' and not is_orphan and (first_submitted_at is null or first_submitted_at > received_at)
