-- One row per extract and facility: how many of its times are told, and how many of them stand at exactly midnight.
--
-- Key     extract, facility_key
-- Counts  as written by the sender; of an encounter admission and discharge, of a document its events, of a surgical
--         case start and end, of a deficiency assignment and completion
select
  extract,
  facility_key,
  count(*) as time_count,
  count(case when is_midnight then 1 end) as midnight_count
from staging.time_told
group by extract, facility_key
