-- One row per patient index and day of its count: overlays found since the count before.
--
-- Key       system_id, count_date
-- Counts    told for the month so far: of several counts in one month each adds what is new
-- Excludes  counts that do not tell overlays
with with_previous as (
  select
    system_id,
    count_date,
    overlays_found,
    max(overlays_found) over (
      partition by system_id, month_of(count_date) order by count_date rows between 1 preceding and 1 preceding
    ) as previous_found
  from core.mpi_stat
  where overlays_found is not null
)
select
  system_id,
  count_date,
  overlays_found - coalesce(previous_found, 0) as overlay_count
from with_previous
