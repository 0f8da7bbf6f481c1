-- The records in possible duplicate pairs are no more than all records.
--
-- Severity  warn
-- Counts    one row per count whose pairs, taken twice, are more than its records; it is left out of the duplicate rate
select system_id
from core.mpi_stat
where coalesce(records_in_possible_pairs, 2 * possible_dup_pairs) > records_total
