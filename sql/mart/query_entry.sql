-- One row per query from when it counts as sent, and one more where its answer came later.
--
-- A query counts as sent once it is answered, closed or past its policy hours. An answer after that changes what is known
-- of it: the change is a row of its own, so that adding up the rows known on a past day gives what was known then.
--
-- Key       query_id, entry
-- Kind      view
-- Counts    sent_count · answered_count · in_policy_count: answered within the policy hours, of timed_count: those of
--           which the times tell · agreed_count, of judged_count: answers with a known outcome, and of sent_judged_count:
--           sent, less answers of unknown outcome (a late one takes back the count of its sending)
--           impact_count, of impact_known_count: answers of which impact is told
--           known_at: from when the row holds
-- Excludes  queries cancelled; queries still within their hours with neither answer nor closing
select
  query_id,
  entry,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  author_id,
  workflow,
  timing,
  query_type,
  sent_date,
  known_at,
  sent_count,
  answered_count,
  timed_count,
  in_policy_count,
  judged_count,
  sent_judged_count,
  agreed_count,
  impact_known_count,
  impact_count
from core.query_entry
cross join (select as_of_at from core.extract_as_of where extract = 'query') as feed
where is_ended or due_at < feed.as_of_at
