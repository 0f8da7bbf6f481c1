-- One row per tumor abstract, with the groups statistics are made by.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  site_recode_2008 is 99999 and site_recode_2023 is 99 where no row of the table fits, or site, histology (2023:
--         behavior, year of diagnosis) are not known; null where that table is not configured
--         behavior_recode: SEER's, for analysis: 0 benign, 1 borderline, 2 in situ, 3 malignant, 4 malignant only in
--         ICD-O-3, 5 no longer reportable in ICD-O-3, 6 malignant only from 2010 on, 9 not known; the urinary bladder
--         counts as malignant, 0 and 1 are those of brain and central nervous system from 2004 on
--         summary_stage of diagnoses from 2018 on, summary_stage_2000 of 2001 to 2017: two code lists, never mixed
--         iarc_primary: 1 a primary by the international rules, 0 told by an earlier tumor, 9 not malignant: core.iarc_primary
--         is_first: sequence number 00 or 01, the patient's only or first tumor
--         race_group: white, black, other (codes 03 to 97), null where not known or other unspecified
-- Source  seer.cancer.gov/siterecode; seer.cancer.gov/behavrecode
with configured as (
  select
    max(case when scheme = '2008' then 1 else 0 end) as has_2008,
    max(case when scheme = '2023' then 1 else 0 end) as has_2023
  from core.site_recode_row
),
judged as (
  select
    *,
    case
      when primarySite between 'C670' and 'C679' and behaviorCodeIcdO3 is not null then '3'
      else behaviorCodeIcdO3
    end as behavior_for_analysis,
    coalesce(
      primarySite between 'C700' and 'C701'
      or primarySite between 'C709' and 'C729'
      or primarySite between 'C751' and 'C753',
      false
    ) as is_brain
  from staging.tumor_value
)
select
  judged.source_id,
  judged.facility_id,
  judged.patient_key,
  judged.tumorRecordNumber,
  judged.sequenceNumberHospital,
  judged.primarySite,
  judged.histologicTypeIcdO3,
  judged.behaviorCodeIcdO3,
  judged.typeOfReportingSource,
  judged.diagnosis_date,
  judged.diagnosis_year,
  judged.age,
  judged.sex,
  case
    when race1 = '01' then 'white'
    when race1 = '02' then 'black'
    when race1 between '03' and '97' then 'other'
  end as race_group,
  judged.county,
  judged.state,
  judged.sequence_number in (0, 1) as is_first,
  iarc.iarc_primary,
  judged.summary_stage,
  judged.summary_stage_2000,
  case when has_2008 = 1 then coalesce(recode_2008.recode, '99999') end as site_recode_2008,
  case when has_2023 = 1 then coalesce(recode_2023.recode, '99') end as site_recode_2023,
  case
    when judged.primarySite is null or judged.histologicTypeIcdO3 is null then '9'
    when behavior_for_analysis is null or judged.diagnosis_year is null then '9'
    when
      behavior_for_analysis = '3'
      and judged.diagnosis_year >= 2010
      and judged.histologicTypeIcdO3 in ('9724', '9751', '9759', '9831', '9975', '9991', '9992') then '6'
    when is_brain and judged.diagnosis_year >= 2004 and behavior_for_analysis in ('0', '1') then behavior_for_analysis
    when behavior_for_analysis = '2' then '2'
    when
      behavior_for_analysis = '3'
      and judged.diagnosis_year >= 2001
      and (
        judged.histologicTypeIcdO3 in ('9393', '9538', '9950', '9980', '9989')
        or judged.histologicTypeIcdO3 between '9960' and '9962'
        or judged.histologicTypeIcdO3 between '9982' and '9987'
        or judged.histologicTypeIcdO3 = '9133' and judged.primarySite between 'C340' and 'C349'
      ) then '4'
    when
      behavior_for_analysis = '1'
      and (
        judged.primarySite <= 'C699'
        or judged.primarySite between 'C730' and 'C750'
        or judged.primarySite between 'C754' and 'C809'
      ) then '5'
    when behavior_for_analysis = '3' then '3'
    else '9'
  end as behavior_recode
from judged
cross join configured
left join core.iarc_primary as iarc
  on iarc.patient_key = judged.patient_key
  and coalesce(iarc.facility_id, '') = coalesce(judged.facility_id, '')
  and coalesce(iarc.tumorRecordNumber, '') = coalesce(judged.tumorRecordNumber, '')
  and coalesce(iarc.sequenceNumberHospital, '') = coalesce(judged.sequenceNumberHospital, '')
  and coalesce(iarc.primarySite, '') = coalesce(judged.primarySite, '')
left join core.site_recode as recode_2008
  on recode_2008.scheme = '2008'
  and recode_2008.primarySite = judged.primarySite
  and recode_2008.histologicTypeIcdO3 = judged.histologicTypeIcdO3
  and recode_2008.behavior = coalesce(behaviorCodeIcdO3, '')
  and recode_2008.diagnosis_year = coalesce(judged.diagnosis_year, 0)
left join core.site_recode as recode_2023
  on recode_2023.scheme = '2023'
  and recode_2023.primarySite = judged.primarySite
  and recode_2023.histologicTypeIcdO3 = judged.histologicTypeIcdO3
  and recode_2023.behavior = coalesce(behaviorCodeIcdO3, '')
  and recode_2023.diagnosis_year = coalesce(judged.diagnosis_year, 0)
