-- No more records hit an edit of the Medicare Code Editor than were put to it, and every hit is counted.
--
-- Severity  fatal
-- Examines  core.mce_examined
-- Counts    one row per group that breaks it, and one where the totals differ
select facility_id
from mart.mce_edit_day
where hit_count > record_count
union all
select 'total'
where (select coalesce(sum(hit_count), 0) from mart.mce_edit_day) <> (select count(*) from core.mce_hit)
