-- One row per group of tumors that rates count together: year, place, sex, race, age and kind of tumor.
--
-- Key     diagnosis_year, state, county, sex, race_group, age, site_recode_2008, site_recode_2023,
--         behavior, behavior_recode
-- Counts  abstracts: of a registry that consolidates them one a tumor; which behaviors are cases is the question's choice
--         age in completed years; parts not known are null and have no denominator
with counted as (
  select
    diagnosis_year,
    state,
    county,
    sex,
    race_group,
    age,
    site_recode_2008,
    site_recode_2023,
    behaviorCodeIcdO3 as behavior,
    behavior_recode
  from core.tumor_recode
)
select
  diagnosis_year,
  state,
  county,
  sex,
  race_group,
  age,
  site_recode_2008,
  site_recode_2023,
  behavior,
  behavior_recode,
  count(*) as case_count
from counted
group by
  diagnosis_year,
  state,
  county,
  sex,
  race_group,
  age,
  site_recode_2008,
  site_recode_2023,
  behavior,
  behavior_recode
