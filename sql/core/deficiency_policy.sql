-- One row per kind of deficiency on records discharged on one day, and the delinquency policy that holds for it.
--
-- Key     facility_key, doc_type, action_type, patient_class, discharge_date
-- Counts  the policy in force on the day of discharge; of several that fit, the one of lowest policy_rank
--         delinquent_days of a policy that names none are the customary ones; suspend_days are null where none are named
with customary as (
  select min(delinquent_days) as delinquent_days
  from reference.completion_policy
),
deficiency_kind as (
  select distinct coalesce(facility_id, '') as facility_key, doc_type, action_type, patient_class, discharge_date
  from core.deficiency
  where was_counted and discharge_date is not null and patient_class is not null
),
fitting as (
  select
    deficiency_kind.facility_key,
    deficiency_kind.doc_type,
    deficiency_kind.action_type,
    deficiency_kind.patient_class,
    deficiency_kind.discharge_date,
    min(policy_rank) as policy_rank
  from deficiency_kind
  cross join core.completion_policy as policy
  where
    policy.is_delinquency_rule
    and (policy.facility_id is null or policy.facility_id = deficiency_kind.facility_key)
    and (policy.doc_type is null or policy.doc_type = deficiency_kind.doc_type)
    and (policy.action_type is null or policy.action_type = deficiency_kind.action_type)
    and (policy.patient_class is null or policy.patient_class = deficiency_kind.patient_class)
    and (policy.valid_from is null or policy.valid_from <= deficiency_kind.discharge_date)
    and (policy.valid_to is null or policy.valid_to > deficiency_kind.discharge_date)
  group by
    deficiency_kind.facility_key,
    deficiency_kind.doc_type,
    deficiency_kind.action_type,
    deficiency_kind.patient_class,
    deficiency_kind.discharge_date
)
select
  fitting.facility_key,
  fitting.doc_type,
  fitting.action_type,
  fitting.patient_class,
  fitting.discharge_date,
  policy.clock_start,
  coalesce(policy.delinquent_days, customary.delinquent_days) as delinquent_days,
  policy.suspend_days,
  policy.counts_toward_delinquency,
  policy.holds_stop_clock,
  policy.citation
from fitting
inner join core.completion_policy as policy using (policy_rank)
cross join customary
