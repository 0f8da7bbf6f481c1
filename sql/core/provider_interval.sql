-- One row per stretch of time in which a provider was on hold (away, clocks stand still) or suspended.
--
-- Key       provider_id, type, start_at
-- Counts    half open, in UTC and in days: a hold from the 5th to the 10th takes the days 5 to 9, one that begins and ends
--           on one day takes none. end_at and end_date are null while it lasts
--           intervals of one kind that overlap or touch are one stretch, so that no day is taken twice; interval_count
--           says of how many it was made
-- Ties      the reason is that of the interval that began first
-- Excludes  intervals without a time of beginning
with with_reach as (
  select
    *,
    max(coalesce(end_at, timestamp '9999-12-31')) over (
      partition by provider_id, type
      order by start_at, coalesce(end_at, timestamp '9999-12-31')
      rows between unbounded preceding and 1 preceding
    ) as reached_at
  from staging.provider_interval
  where start_at is not null
),
numbered as (
  select
    *,
    sum(case when reached_at is null or start_at > reached_at then 1 else 0 end) over (
      partition by provider_id, type
      order by start_at, coalesce(end_at, timestamp '9999-12-31')
      rows between unbounded preceding and current row
    ) as stretch_no
  from with_reach
)
select
  provider_id,
  type,
  min(start_at) as start_at,
  min(start_date) as start_date,
  case when max(case when end_at is null then 1 else 0 end) = 0 then max(end_at) end as end_at,
  case when max(case when end_at is null then 1 else 0 end) = 0 then max(end_date) end as end_date,
  first_by(reason, start_at) as reason,
  count(*) as interval_count
from numbered
group by provider_id, type, stretch_no
