-- One row per tumor abstract, with the months survived from diagnosis, as SEER defines them.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  survival_months: whole months of 365.24 ÷ 12 days from diagnosis to last contact, at most to the cut-off; null
--         where not known (9999 in SEER's files). A contact in a year after that of the cut-off counts as the cut-off
--         survival_flag: 0 dates complete and no days of survival, 1 complete and more, 2 incomplete and possibly none, 3
--         incomplete and more than none, 8 known from a death certificate or autopsy alone, 9 not known
--         the same with _presumed_alive: patients last known alive are taken as alive at the cut-off
--         vital_status_at_cutoff: 1 also for deaths after the cut-off
--         Both are null where there is no cut-off: see core.survival_cutoff
-- Source  SEER survival time, seer.cancer.gov/survivaltime; imsweb's SurvivalTimeUtils 2.2
with watched as (
  select
    survival_date.*,
    cutoff_date,
    typeOfReportingSource in ('6', '7') as is_from_death_alone,
    coalesce(vital_status = '1', false) as is_alive,
    case when contact_year > year_of(cutoff_date) then cutoff_date else contact_date end as end_date
  from core.survival_date
  cross join core.survival_cutoff
),
way as (
  select *, 0 as is_presumed, end_date as until_date from watched
  union all
  select *, 1, case when is_alive then cutoff_date else end_date end from watched
),
counted as (
  select
    *,
    day_count(diagnosis_date, until_date) as days,
    until_date = cutoff_date as is_to_cutoff
  from way
  where has_one_contact
),
first_flag as (
  select
    *,
    whole_ratio(days * 1200, 36524) as months,
    case
      when days is null or days < 0 then '9'
      when
        diagnosis_month is not null
        and diagnosis_day is not null
        and (is_to_cutoff or contact_month is not null and contact_day is not null)
        then case when days > 0 then '1' else '0' end
      when
        diagnosis_year = year_of(until_date)
        and (
          diagnosis_month is null
          or not is_to_cutoff and contact_month is null
          or diagnosis_month = month_number_of(until_date)
        ) then '2'
      else '3'
    end as own_flag
  from counted
),
flagged as (
  select
    *,
    case
      when is_from_death_alone then '8'
      when
        own_flag = '2'
        and max(case when own_flag in ('1', '3') then 1 else 0 end) over (
          partition by patient_key, is_presumed
          order by place
          rows between 1 following and unbounded following
        ) = 1 then '3'
      else own_flag
    end as survival_flag
  from first_flag
),
both_ways as (
  select
    patient_key,
    place,
    max(case when is_presumed = 0 and survival_flag in ('0', '1', '2', '3') then months end) as survival_months,
    max(case when is_presumed = 0 then survival_flag end) as survival_flag,
    max(case when is_presumed = 1 and survival_flag in ('0', '1', '2', '3') then months end)
      as survival_months_presumed_alive,
    max(case when is_presumed = 1 then survival_flag end) as survival_flag_presumed_alive
  from flagged
  group by patient_key, place
)
select
  tumor.source_id,
  tumor.facility_id,
  tumor.patient_key,
  tumor.tumorRecordNumber,
  tumor.sequenceNumberHospital,
  tumor.primarySite,
  watched.place as tumor_no,
  watched.diagnosis_date,
  watched.end_date as last_contact_date,
  survival_months,
  case when cutoff.cutoff_date is not null then coalesce(survival_flag, '9') end as survival_flag,
  survival_months_presumed_alive,
  case when cutoff.cutoff_date is not null then coalesce(survival_flag_presumed_alive, '9') end
    as survival_flag_presumed_alive,
  case
    when watched.contact_year > year_of(watched.cutoff_date) then '1'
    when has_one_contact then vital_status
  end as vital_status_at_cutoff,
  cutoff.cutoff_date
from staging.tumor_value as tumor
cross join core.survival_cutoff as cutoff
left join watched
  on watched.patient_key = tumor.patient_key
  and coalesce(watched.facility_id, '') = coalesce(tumor.facility_id, '')
  and coalesce(watched.tumorRecordNumber, '') = coalesce(tumor.tumorRecordNumber, '')
  and coalesce(watched.sequenceNumberHospital, '') = coalesce(tumor.sequenceNumberHospital, '')
  and coalesce(watched.primarySite, '') = coalesce(tumor.primarySite, '')
left join both_ways on both_ways.patient_key = watched.patient_key and both_ways.place = watched.place
