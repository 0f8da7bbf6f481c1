-- One row per patient index and day of its count: confirmed duplicates created and registrations since the count before.
--
-- Key       system_id, count_date
-- Counts    both are told for the month so far: of several counts in one month each adds what is new
-- Excludes  counts that do not tell both
with counted as (
  select system_id, count_date, month_of(count_date) as month, confirmed_dups_created, registrations
  from core.mpi_stat
  where confirmed_dups_created is not null and registrations is not null
),
with_previous as (
  select
    *,
    max(confirmed_dups_created) over (
      partition by system_id, month order by count_date rows between 1 preceding and 1 preceding
    ) as previous_created,
    max(registrations) over (
      partition by system_id, month order by count_date rows between 1 preceding and 1 preceding
    ) as previous_registrations
  from counted
)
select
  system_id,
  count_date,
  confirmed_dups_created - coalesce(previous_created, 0) as created_count,
  registrations - coalesce(previous_registrations, 0) as registration_count
from with_previous
