-- Counts of what happened in a month do not fall within it.
--
-- Severity  warn
-- Examines  core.mpi_stat
-- Counts    one row per index and count that tells less than one before it in the same month
select system_id
from mart.mpi_creation
where created_count < 0 or registration_count < 0
union all
select system_id
from mart.mpi_overlay
where overlay_count < 0
