-- No facility's records heap at 25 diagnoses, the most a claim takes: a feed cut off there loses the rest.
--
-- Severity  warn
-- Counts    one row per facility with more records of exactly 25 diagnoses than of 24 and of 26 together, and three
--           standard deviations of that many (Poisson) besides
with heap as (
  select
    coalesce(facility_id, '') as facility_key,
    sum(case when dx_count = 25 then 1 else 0 end) as at_25,
    sum(case when dx_count in (24, 26) then 1 else 0 end) as beside
  from mart.coded_record
  group by coalesce(facility_id, '')
)
select facility_key
from heap
where at_25 > beside + 3 * sqrt(beside + 1)
