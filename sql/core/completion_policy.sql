-- One row per completion policy: those of the workspace and, for what they leave open, the customary one.
--
-- Key     policy_rank
-- Counts  null in facility_id, doc_type, action_type, patient_class, valid_from or valid_to means any
--         policy_rank: of several policies that fit, the lowest holds. A policy of one facility comes before one of
--         all, then one of a document type, of an action, of a patient class, then the one valid from the latest day
-- Ties    the policy with fewer days, then one that counts, then by clock
with policy as (
  select *, false as is_customary from staging.completion_policy
  union all
  select *, true as is_customary from reference.completion_policy
)
select
  row_number() over (
    order by
      is_customary,
      case when facility_id is null then 1 else 0 end,
      case when doc_type is null then 1 else 0 end,
      case when action_type is null then 1 else 0 end,
      case when patient_class is null then 1 else 0 end,
      coalesce(valid_from, date '0001-01-01') desc,
      coalesce(delinquent_days, 0),
      coalesce(counts_toward_delinquency, true) desc,
      clock_start,
      facility_id,
      doc_type,
      action_type,
      patient_class,
      valid_to,
      due_hours,
      suspend_days,
      citation
  ) as policy_rank,
  facility_id,
  doc_type,
  action_type,
  patient_class,
  coalesce(clock_start, 'discharge') as clock_start,
  due_hours,
  delinquent_days,
  suspend_days,
  coalesce(counts_toward_delinquency, true) as counts_toward_delinquency,
  holds_stop_clock,
  valid_from,
  valid_to,
  citation,
  is_customary
from policy
