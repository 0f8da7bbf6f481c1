-- One row per patient index and day on which it was counted.
--
-- Key  system_id, count_date
select
  system_id,
  count_date,
  records_total,
  possible_dup_pairs,
  records_in_possible_pairs,
  confirmed_dups_created,
  registrations,
  overlays_found,
  overlap_count
from staging.mpi_stat
