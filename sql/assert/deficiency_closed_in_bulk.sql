-- Nobody completes more than 50 deficiencies in one second: that is a batch closing, not signing.
--
-- Severity  warn
-- Counts    one row per provider and second; nothing is said where completions are told by the day
select provider_id
from core.deficiency
left join core.feed_precision as coarse
  on coarse.facility_key = coalesce(deficiency.facility_id, '')
  and coarse.is_day_only
  and coarse.extract = 'deficiency'
where completed_at is not null and coarse.facility_key is null
group by provider_id, date_trunc('second', completed_at)
having count(*) > 50
