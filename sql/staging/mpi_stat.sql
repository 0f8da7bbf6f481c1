-- One row per patient index and day on which it was counted.
--
-- Key  system_id, count_date
select
  system_id,
  as_of as count_date,
  records_total,
  possible_dup_pairs,
  records_in_possible_pairs,
  confirmed_dups_created,
  registrations,
  overlays_found,
  "overlaps" as overlap_count,
  source_id
from raw.mpi_stat
