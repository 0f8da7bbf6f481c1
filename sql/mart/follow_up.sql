-- One row per case that a hospital registry has to follow for life, with whether it is still followed.
--
-- Key       facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts    followed_count: 1 when the patient has died, or was last in contact no earlier than 15 months before the source's
--           as-of date; a date of last contact without a day stands on the first of its month
--           living_count: 1 unless the patient has died; followed_living_count: those of them that are followed
--           recent_count: 1 when diagnosed within five years before the as-of date; followed_recent_count: those of them
--           case_count is 1. A patient without date of last contact is not followed; without vital status is taken as living
-- Excludes  abstracts that are not followed (see core.follow_up_case); diagnoses more than 15 years before the as-of date
-- Source    SEER training, Follow-up: 15 months. The windows of five and fifteen years: CoC Standard 6.5 of 2020, general
--           knowledge of the field
with followed as (
  select
    *,
    coalesce(last_contact_date >= add_months(as_of_date, -15), false) as is_in_contact
  from core.follow_up_case
  where diagnosis_date >= add_months(as_of_date, -180)
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  site_code,
  class_of_case,
  diagnosis_date,
  cast(diagnosis_year as varchar) as diagnosis_year,
  1 as case_count,
  case when is_dead or is_in_contact then 1 else 0 end as followed_count,
  case when is_dead then 0 else 1 end as living_count,
  case when not is_dead and is_in_contact then 1 else 0 end as followed_living_count,
  case when diagnosis_date >= add_months(as_of_date, -60) then 1 else 0 end as recent_count,
  case
    when diagnosis_date >= add_months(as_of_date, -60) and (is_dead or is_in_contact) then 1
    else 0
  end as followed_recent_count
from followed
