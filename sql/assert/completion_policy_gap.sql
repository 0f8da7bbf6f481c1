-- Equally specific completion policies of the workspace follow each other without a gap.
--
-- Severity  warn
-- Counts    one row per gap: days between two policies on which neither holds, so that a less specific one does
with policy as (
  select
    coalesce(facility_id, '') || '|' || coalesce(doc_type, '') || '|' || coalesce(action_type, '') || '|'
    || coalesce(patient_class, '') || '|' || coalesce(clock_start, '') as specific_to,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
  from staging.completion_policy
)
select
  earlier.specific_to,
  earlier.valid_to as first_day,
  min(later.valid_from) as day_after
from policy as earlier
inner join policy as later
  on later.specific_to = earlier.specific_to and later.valid_from > earlier.valid_to
where not exists (
  select 1
  from policy as other
  where
    other.specific_to = earlier.specific_to
    and other.valid_from <= earlier.valid_to
    and other.valid_to > earlier.valid_to
)
group by earlier.specific_to, earlier.valid_to
