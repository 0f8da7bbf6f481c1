-- No two holds of an encounter for the same reason run at the same time.
--
-- Severity  warn
-- Examines  core.billing_hold
-- Counts    one row per hold that begins while another of its encounter and reason lasts; such holds count once
with held as (
  select
    encounter_id,
    start_at,
    max(coalesce(end_at, timestamp '9999-12-31 00:00:00')) over (
      partition by encounter_id, reason_code
      order by start_at, end_at
      rows between unbounded preceding and 1 preceding
    ) as held_until_at
  from core.billing_hold
)
select encounter_id
from held
where start_at < held_until_at
