-- One row per completion policy: those of the workspace and, for what they leave open, the customary ones.
--
-- Key     policy_rank
-- Counts  null in facility_id, doc_type, action_type, patient_class, valid_from or valid_to means any; valid_to is the
--         first day it no longer holds
--         policy_rank: of several policies that fit, the lowest holds. A policy of one facility comes before one of
--         all, then one of a document type, of an action, of a patient class, then the one valid from the latest day
--         is_due_rule: it says when a document is due (due_hours); is_delinquency_rule: it says when a record is
--         delinquent. A row with due_hours that names neither delinquent_days, suspend_days, holds_stop_clock nor
--         counts_toward_delinquency says only the former, and leaves delinquency to the next one that fits
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
      holds_stop_clock,
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
  coalesce(holds_stop_clock, false) as holds_stop_clock,
  due_hours is not null as is_due_rule,
  due_hours is null
    or delinquent_days is not null
    or suspend_days is not null
    or holds_stop_clock is not null
    or counts_toward_delinquency is not null as is_delinquency_rule,
  valid_from,
  valid_to,
  citation,
  is_customary
from policy
