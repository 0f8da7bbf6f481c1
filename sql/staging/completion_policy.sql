-- One row per completion policy of the workspace's configuration; null in a column means any.
--
-- Key  facility_id, doc_type, action_type, patient_class, clock_start, valid_from
select
  facility_id,
  doc_type,
  action_type,
  patient_class,
  clock_start,
  due_hours,
  delinquent_days,
  suspend_days,
  counts_toward_delinquency,
  holds_stop_clock,
  valid_from,
  valid_to,
  citation
from raw.completion_policy
