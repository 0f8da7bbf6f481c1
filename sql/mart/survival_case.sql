-- One row per tumor abstract, with what survival is counted from, or why it is not.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  excluded: the first reason that holds, null where the case counts
--           not_malignant            behavior recode other than 3, 4 and 6
--           from_death_alone         known from a death certificate or autopsy alone (flag 8)
--           survival_not_known       flag 9, or no cut-off
--           alive_without_survival   last known alive on the day of diagnosis; not a reason where presumed alive
--           age_not_known, sex_not_known
--         excluded_presumed_alive: the same for survival_months_presumed_alive
--         is_dead: at the cut-off; cohort reports take first tumors alone: is_first, sequence number 00 or 01
--         summary_stage: Summary Stage 2018, of diagnoses from 2018 on
--         Deaths are of any cause: SEER's cause-of-death classification is no configured table
-- Source  SEER*Stat, survival session, parameters
with judged as (
  select
    recode.facility_id,
    recode.patient_key,
    recode.tumorRecordNumber,
    recode.sequenceNumberHospital,
    recode.primarySite,
    recode.diagnosis_year,
    recode.site_recode_2008,
    recode.site_recode_2023,
    recode.age,
    recode.sex,
    recode.race_group,
    recode.county,
    recode.summary_stage,
    recode.is_first,
    survival.diagnosis_date,
    survival.survival_months,
    survival.survival_flag,
    survival.survival_months_presumed_alive,
    survival.survival_flag_presumed_alive,
    survival.cutoff_date,
    coalesce(survival.vital_status_at_cutoff = '0', false) as is_dead,
    case
      when behavior_recode not in ('3', '4', '6') then 'not_malignant'
      when survival_flag = '8' then 'from_death_alone'
    end as excluded_first,
    case
      when recode.age is null then 'age_not_known'
      when recode.sex is null or recode.sex not in ('1', '2') then 'sex_not_known'
    end as excluded_last
  from core.tumor_recode as recode
  inner join core.tumor_survival as survival
    on survival.patient_key = recode.patient_key
    and coalesce(survival.facility_id, '') = coalesce(recode.facility_id, '')
    and coalesce(survival.tumorRecordNumber, '') = coalesce(recode.tumorRecordNumber, '')
    and coalesce(survival.sequenceNumberHospital, '') = coalesce(recode.sequenceNumberHospital, '')
    and coalesce(survival.primarySite, '') = coalesce(recode.primarySite, '')
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_year,
  month_number_of(diagnosis_date) as diagnosis_month,
  site_recode_2008,
  site_recode_2023,
  age,
  sex,
  race_group,
  county,
  summary_stage,
  is_first,
  is_dead,
  survival_months,
  survival_months_presumed_alive,
  coalesce(
    excluded_first,
    case
      when survival_months is null then 'survival_not_known'
      when survival_flag = '0' and not is_dead then 'alive_without_survival'
    end,
    excluded_last
  ) as excluded,
  coalesce(
    excluded_first,
    case when survival_months_presumed_alive is null then 'survival_not_known' end,
    excluded_last
  ) as excluded_presumed_alive,
  cutoff_date
from judged
