-- The targets of one metric and facility follow each other without a gap.
--
-- Severity  warn
-- Examines  core.target
-- Counts    one row per gap: days between two targets on which none holds, so that the customary one does
select
  earlier.metric_id,
  earlier.scope,
  earlier.valid_to as first_day,
  min(later.valid_from) as day_after
from core.target as earlier
inner join core.target as later
  on
    later.metric_id = earlier.metric_id
    and coalesce(later.scope, '') = coalesce(earlier.scope, '')
    and later.valid_from > earlier.valid_to
where not exists (
  select 1
  from core.target as other
  where
    other.metric_id = earlier.metric_id
    and coalesce(other.scope, '') = coalesce(earlier.scope, '')
    and coalesce(other.valid_from, date '0001-01-01') <= earlier.valid_to
    and coalesce(other.valid_to, date '9999-12-31') > earlier.valid_to
)
group by earlier.metric_id, earlier.scope, earlier.valid_to
