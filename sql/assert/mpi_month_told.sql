-- Every patient index is counted every month from its first count on.
--
-- Severity  warn
-- Examines  core.mpi_stat
-- Counts    one row per index and month, up to the last month of which any index tells, without a count
with told as (
  select system_id, min(month_of(count_date)) as first_month
  from core.mpi_stat
  group by system_id
),
due as (
  select told.system_id, calendar.day as month
  from told
  cross join (select max(month_of(count_date)) as last_month from core.mpi_stat) as latest
  inner join core.calendar as calendar on calendar.day between told.first_month and latest.last_month
  where calendar.day = calendar.month
)
select due.system_id
from due
left join core.mpi_stat as mpi_stat on mpi_stat.system_id = due.system_id and month_of(mpi_stat.count_date) = due.month
where mpi_stat.system_id is null
