-- One row per query from when it counts, or will count, as sent, and one more where its answer came later.
--
-- A query counts as sent once it is answered, closed or past its policy hours. An answer after that changes what is known
-- of it: the change is a row of its own, so that adding up the rows known on a past day gives what was known then.
--
-- Key       query_id, entry
-- Apart     encounter_id
-- Counts    sent_count · answered_count · in_policy_count: answered within the policy hours, of timed_count: those of
--           which the times tell · agreed_count, of judged_count: answers with a known outcome, and of sent_judged_count:
--           sent, less answers of unknown outcome (a late one takes back the count of its sending)
--           impact_count, of impact_known_count: answers of which impact is told
--           known_at: from when the row holds
--           is_ended, due_at: a query that is not ended counts once due_at lies behind the feed's last moment, which moves
--           every night (mart.query_entry)
-- Excludes  queries cancelled
with entry as (
  select
    *,
    'sent' as entry,
    settled_at as known_at,
    1 as sent_count,
    case when is_answered and not coalesce(answered_at > settled_at, false) then 1 else 0 end as answered_count
  from core.query
  where is_counted
  union all
  select *, 'answer', answered_at, 0, 1
  from core.query
  where is_counted and answered_at > settled_at
)
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
  case when sent_at is not null and (answered_at is not null or not is_answered) then sent_count else 0 end
    as timed_count,
  case when answered_at <= due_at then answered_count else 0 end as in_policy_count,
  case when is_agreed is not null then answered_count else 0 end as judged_count,
  case when answered_count = 1 and is_agreed is null then sent_count - 1 else sent_count end as sent_judged_count,
  case when is_agreed then answered_count else 0 end as agreed_count,
  case when has_impact is not null then answered_count else 0 end as impact_known_count,
  case when has_impact then answered_count else 0 end as impact_count,
  is_ended,
  due_at
from entry
