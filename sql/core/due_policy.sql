-- One row per kind of document asked for on one day, and the policy that says when it is due.
--
-- Key     facility_key, doc_type, action_type, patient_class, event_date
-- Counts  of the policies with due_hours in force on that day, the one of lowest policy_rank. A transcription is due by a
--         policy of action_type transcribe alone, everything else by one of its own action or of none
--         a policy for histories or discharge summaries that names no patient class speaks of inpatients
with asked as (
  select distinct coalesce(facility_id, '') as facility_key, doc_type, action_type, patient_class, event_date
  from core.document_expected
),
fitting as (
  select
    asked.facility_key,
    asked.doc_type,
    asked.action_type,
    asked.patient_class,
    asked.event_date,
    min(policy_rank) as policy_rank
  from asked
  cross join core.completion_policy as policy
  where
    policy.is_due_rule
    and (policy.facility_id is null or policy.facility_id = asked.facility_key)
    and (policy.doc_type is null or policy.doc_type = asked.doc_type)
    and (policy.action_type = asked.action_type or (policy.action_type is null and asked.action_type <> 'transcribe'))
    and (
      policy.patient_class = asked.patient_class
      or (
        policy.patient_class is null
        and (asked.patient_class = 'inpatient' or asked.doc_type not in ('HP', 'DS') or asked.action_type = 'transcribe')
      )
    )
    and (policy.valid_from is null or policy.valid_from <= asked.event_date)
    and (policy.valid_to is null or policy.valid_to > asked.event_date)
  group by asked.facility_key, asked.doc_type, asked.action_type, asked.patient_class, asked.event_date
)
select
  fitting.facility_key,
  fitting.doc_type,
  fitting.action_type,
  fitting.patient_class,
  fitting.event_date,
  policy.clock_start,
  policy.due_hours,
  policy.citation
from fitting
inner join core.completion_policy as policy using (policy_rank)
