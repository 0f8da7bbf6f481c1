-- Audits drawn from one frame state one size of it, and no fewer records than were audited.
--
-- Severity  warn
-- Examines  core.audit_review where is_scored and frame is not null
-- Counts    one row per frame (coder, period, stratum) with several sizes, or with more audited records than it holds
select frame
from core.audit_review
where is_scored and frame is not null
group by frame
having
  min(frame_record_count) <> max(frame_record_count)
  or count(distinct encounter_id) > max(frame_record_count)
