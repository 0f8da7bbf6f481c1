-- One row per source: where extracts come from, and up to when each speaks.
--
-- Key     source_id
-- Counts  as_of_date is the last day the source tells of: midnight closes the day before
select
  source_id,
  timezone,
  privacy_mode,
  is_instant,
  case
    when is_instant or timezone is null then as_of_ts
    else make_timestamp(epoch_us(timezone(timezone, as_of_ts)))
  end as as_of_at,
  date_at(
    just_before(as_of_ts),
    case when is_instant then 'UTC' else coalesce(timezone, 'UTC') end,
    coalesce(timezone, 'UTC')
  ) as as_of_date
from raw.source
