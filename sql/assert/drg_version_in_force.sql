-- The version of a final MS-DRG is the one in force on the day of discharge: 42 is fiscal year 2025, from 1 October 2024.
--
-- Severity  warn
-- Counts    one row per final or billed DRG whose version is of another fiscal year, or of 1 April before that day
with stated as (
  select
    encounter_id,
    try_cast(substr(stated_version, 1, 2) as bigint) as version,
    stated_version like '%.%' as is_update,
    discharge_date,
    year_of(discharge_date) + case when month_number_of(discharge_date) >= 10 then 1 else 0 end as fiscal_year
  from core.ms_drg_assignment
  where stage in ('final', 'billed') and stated_version is not null and discharge_date is not null
)
select encounter_id
from stated
where
  version + 1983 <> fiscal_year
  or is_update and (month_number_of(discharge_date) < 4 or month_number_of(discharge_date) >= 10)
