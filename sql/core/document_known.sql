-- One row per document that a policy asks for, with its verdict: in time, late, or not due yet.
--
-- Key     expected_id, doc_type, action_type
-- Kind    view
-- Counts  all of core.document_due; is_known: the verdict stands by as_of_at, the moment the extract speaks of
select
  due.*,
  as_of_at,
  done_at is not null or last_at < as_of_at as is_known
from core.document_due as due
cross join (select as_of_at from core.extract_as_of where extract = 'document') as feed
