-- One row per extract and facility: are its hours told, or only its days?
--
-- Key     extract, facility_key
-- Counts  is_day_only: more than a fifth of its times stand at exactly midnight, as date-only feeds write them; measures
--         in hours then compare days
select
  extract,
  facility_key,
  time_count,
  midnight_count,
  midnight_count * 5 > time_count as is_day_only
from core.time_of_day
