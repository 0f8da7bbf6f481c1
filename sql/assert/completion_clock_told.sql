-- The clock of every completion policy in use is told by the extracts.
--
-- Severity  warn
-- Examines  core.deficiency where was_counted and counted_date is not null
-- Counts    one row per deficiency that can never become delinquent, and per document that is never due, because what starts
--           its policy's clock is not told: the end of surgery where no surgical case is sent, assignment or allocation of
--           a document that is no deficiency
select deficiency_id
from core.deficiency
inner join core.deficiency_policy as policy
  on policy.facility_key = coalesce(deficiency.facility_id, '')
  and policy.doc_type = deficiency.doc_type
  and policy.action_type = deficiency.action_type
  and policy.patient_class = deficiency.patient_class
  and policy.start_date <= deficiency.discharge_date
  and (policy.end_date is null or policy.end_date > deficiency.discharge_date)
  and policy.counts_toward_delinquency
where
  was_counted
  and counted_date is not null
  and deficiency.patient_class in ('inpatient', 'observation', 'outpatient_surgery')
  and not exists (select 1 from core.deficiency_due as due where due.deficiency_id = deficiency.deficiency_id)
union all
select expected_id
from core.document_expected as expected
inner join core.due_policy as policy
  on policy.facility_key = coalesce(expected.facility_id, '')
  and policy.doc_type = expected.doc_type
  and policy.action_type = expected.action_type
  and policy.patient_class = expected.patient_class
  and policy.start_date <= expected.event_date
  and (policy.end_date is null or policy.end_date > expected.event_date)
where
  expected.action_type <> 'transcribe'
  and policy.clock_start <> expected.event_clock
  and policy.clock_start not in ('admit', 'discharge')
