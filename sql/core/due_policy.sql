-- One row per kind of document and stretch of time in which one policy says when such a document is due.
--
-- Key     facility_key, doc_type, action_type, patient_class, start_date
-- Counts  of the policies with due_hours in force, the one of lowest policy_rank. A transcription is due by a policy of
--         action_type transcribe alone, everything else by one of its own action or of none
--         a policy for histories or discharge summaries that names no patient class speaks of inpatients
--         start_date: the first day it holds, 0001-01-01 where it always did; end_date: the first day it no longer does,
--         null where none is named. Two stretches may follow one another under one policy
with fitting as (
  select
    asked.facility_key,
    asked.doc_type,
    asked.action_type,
    asked.patient_class,
    policy_rank,
    coalesce(valid_from, date '0001-01-01') as start_date,
    valid_to as end_date
  from core.document_kind as asked
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
),
turn as (
  select facility_key, doc_type, action_type, patient_class, start_date
  from fitting
  union
  select facility_key, doc_type, action_type, patient_class, end_date
  from fitting
  where end_date is not null
),
stretch as (
  select
    *,
    min(start_date) over (
      partition by facility_key, doc_type, action_type, patient_class
      order by start_date
      rows between 1 following and 1 following
    ) as end_date
  from turn
),
held as (
  select
    stretch.facility_key,
    stretch.doc_type,
    stretch.action_type,
    stretch.patient_class,
    stretch.start_date,
    stretch.end_date,
    min(policy_rank) as policy_rank
  from stretch
  inner join fitting
    on fitting.facility_key = stretch.facility_key
    and fitting.doc_type = stretch.doc_type
    and fitting.action_type = stretch.action_type
    and fitting.patient_class = stretch.patient_class
  where
    fitting.start_date <= stretch.start_date
    and (fitting.end_date is null or fitting.end_date > stretch.start_date)
  group by
    stretch.facility_key,
    stretch.doc_type,
    stretch.action_type,
    stretch.patient_class,
    stretch.start_date,
    stretch.end_date
)
select
  facility_key,
  held.doc_type,
  held.action_type,
  held.patient_class,
  start_date,
  end_date,
  policy.clock_start,
  policy.due_hours,
  policy.citation
from held
inner join core.completion_policy as policy using (policy_rank)
