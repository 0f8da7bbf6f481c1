-- No deficiency is assigned before its patient is admitted.
--
-- Severity  warn
-- Counts    one row per deficiency assigned before admission; to the day where either feed tells days only
select deficiency_id
from core.deficiency
left join core.feed_precision as coarse
  on coarse.facility_key = coalesce(deficiency.facility_id, '')
  and coarse.is_day_only
  and coarse.extract in ('deficiency', 'encounter')
where assigned_at < admit_at and (assigned_date < admit_date or coarse.facility_key is null)
