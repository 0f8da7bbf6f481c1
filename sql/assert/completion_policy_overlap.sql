-- No two completion policies of one scope say different things about one day.
--
-- Severity  warn
-- Examines  core.completion_policy where not is_customary
-- Counts    one row per pair of policies of the same facility, document, action and class (null: any) that are valid on one
--           day and both say when a document is due, or both when a record is delinquent. The one valid from the later day
--           holds; of two from one day the stricter
select one.policy_rank
from core.completion_policy as one
inner join core.completion_policy as other
  on other.policy_rank > one.policy_rank
  and coalesce(other.facility_id, '') = coalesce(one.facility_id, '')
  and coalesce(other.doc_type, '') = coalesce(one.doc_type, '')
  and coalesce(other.action_type, '') = coalesce(one.action_type, '')
  and coalesce(other.patient_class, '') = coalesce(one.patient_class, '')
  and coalesce(other.valid_from, date '0001-01-01') < coalesce(one.valid_to, date '9999-12-31')
  and coalesce(one.valid_from, date '0001-01-01') < coalesce(other.valid_to, date '9999-12-31')
where
  not one.is_customary
  and not other.is_customary
  and ((one.is_due_rule and other.is_due_rule) or (one.is_delinquency_rule and other.is_delinquency_rule))
