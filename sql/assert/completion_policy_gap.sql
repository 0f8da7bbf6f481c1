-- A completion policy that ends goes on in the next one of its scope: no days lie between them.
--
-- Severity  warn
-- Examines  core.completion_policy where not is_customary
-- Counts    one row per policy after whose end days go by until another of the same facility, document, action and class
--           begins. On those days a wider policy or the customary one holds
with later as (
  select one.policy_rank, one.valid_to, min(other.valid_from) as next_from
  from core.completion_policy as one
  inner join core.completion_policy as other
    on coalesce(other.facility_id, '') = coalesce(one.facility_id, '')
    and coalesce(other.doc_type, '') = coalesce(one.doc_type, '')
    and coalesce(other.action_type, '') = coalesce(one.action_type, '')
    and coalesce(other.patient_class, '') = coalesce(one.patient_class, '')
    and ((one.is_due_rule and other.is_due_rule) or (one.is_delinquency_rule and other.is_delinquency_rule))
    and coalesce(other.valid_to, date '9999-12-31') > one.valid_to
  where not one.is_customary and not other.is_customary
  group by one.policy_rank, one.valid_to
)
select policy_rank
from later
where next_from > valid_to
