-- One row per kind of deficiency and stretch of days of discharge on which one delinquency policy holds for it.
--
-- Key     facility_key, doc_type, action_type, patient_class, start_date
-- Counts  the policy in force on the day of discharge; of several that fit, the one of lowest policy_rank
--         start_date: the first day it holds, 0001-01-01 where it always did; end_date: the first day it no longer does,
--         null where none is named. Two stretches may follow one another under one policy
--         delinquent_days of a policy that names none are the customary ones; suspend_days are null where none are named
with customary as (
  select min(delinquent_days) as delinquent_days
  from reference.completion_policy
),
fitting as (
  select
    deficiency_kind.facility_key,
    deficiency_kind.doc_type,
    deficiency_kind.action_type,
    deficiency_kind.patient_class,
    policy_rank,
    coalesce(valid_from, date '0001-01-01') as start_date,
    valid_to as end_date
  from core.deficiency_kind as deficiency_kind
  cross join core.completion_policy as policy
  where
    policy.is_delinquency_rule
    and (policy.facility_id is null or policy.facility_id = deficiency_kind.facility_key)
    and (policy.doc_type is null or policy.doc_type = deficiency_kind.doc_type)
    and (policy.action_type is null or policy.action_type = deficiency_kind.action_type)
    and (policy.patient_class is null or policy.patient_class = deficiency_kind.patient_class)
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
  held.facility_key,
  held.doc_type,
  held.action_type,
  held.patient_class,
  held.start_date,
  held.end_date,
  policy.clock_start,
  coalesce(policy.delinquent_days, customary.delinquent_days) as delinquent_days,
  policy.suspend_days,
  policy.counts_toward_delinquency,
  policy.holds_stop_clock,
  policy.citation
from held
inner join core.completion_policy as policy using (policy_rank)
cross join customary
