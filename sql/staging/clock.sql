-- One row per time zone in use and calendar day: what turns that day's wall clock into UTC.
--
-- Key     zone, day
-- Kind    table
-- Turn    before_seconds  what the wall clock is ahead of UTC from midnight on
--         changes_at      wall time at which that changes (summer time begins or ends); null on most days
--         after_seconds   what it is ahead from then on
-- Range   1970-01-01 to 2069-12-31; other days are converted one by one, which is slow
-- Ties    a wall time that occurs twice is taken as the second one, one that never occurs as the moment of change
-- Source  the time zone database that comes with DuckDB
with zone_in_use as (
  select timezone as zone from raw.source
  union
  select tz as zone from raw.facility
),
zone_day as (
  select
    zone,
    cast(day as date) as day,
    day as midnight,
    cast((epoch_us(day) - epoch_us(timezone(zone, day))) // 1000000 as integer) as seconds
  from zone_in_use
  cross join generate_series(timestamp '1970-01-01', timestamp '2069-12-31', interval 1 day) as series (day)
  where zone <> 'UTC'
),
with_next as (
  select *, lead(seconds, 1, seconds) over (partition by zone order by day) as seconds_next_day
  from zone_day
),
change as (
  select zone, with_next.day, min(midnight + to_minutes(15 * quarter)) as changes_at
  from with_next
  cross join generate_series(1, 96) as quarters (quarter)
  where
    seconds <> seconds_next_day
    and epoch_us(midnight + to_minutes(15 * quarter)) - epoch_us(timezone(zone, midnight + to_minutes(15 * quarter)))
      <> 1000000 * cast(seconds as bigint)
  group by zone, with_next.day
)
select
  zone,
  day,
  struct_pack(before_seconds := seconds, changes_at := changes_at, after_seconds := seconds_next_day) as turn
from with_next
left join change using (zone, day)
