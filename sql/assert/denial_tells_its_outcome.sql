-- Every resolved denial tells its outcome, and every outcome its time.
--
-- Severity  warn
-- Counts    one row per denial with one of them; without an outcome it is left out of the denials overturned
select denial_id
from core.denial
where (resolved_at is null) <> (outcome is null)
