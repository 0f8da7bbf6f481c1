-- One row per case that the quality of a population-based registry is judged by, with 1 for each thing that is lacking.
--
-- Key       facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts    case_count is 1; the others are 1 or 0
--           dco_count: known from a death certificate alone (type of reporting source 7); reported_count: cases of sources
--           that send the item at all, or nothing could be said
--           confirmed_count: microscopically (diagnostic confirmation 1 to 4); confirmable_count: cases of sources that send
--           the item; witnessed_count: those known neither from a death certificate nor from autopsy alone (6),
--           confirmed_witnessed_count: those of them that are confirmed
--           age_unknown_count: blank or 999; sex_unknown_count: blank or 9; race_unknown_count: blank or 99
--           county_unknown_count: blank or 999 (998, outside the state, is known)
--           stageable_count: diagnosed from 2018 on; unstaged_count: Summary Stage 2018 is 9 or blank
--           ill_defined_count: primary site C76 or C80
-- Excludes  what is not malignant, but for in situ of the urinary bladder; diagnoses without a year
-- Source    NAACCR certification criteria; CDC NPCR standards
with sent as (
  select
    source_id,
    count(typeOfReportingSource) > 0 as sends_reporting,
    count(diagnosticConfirmation) > 0 as sends_confirmation
  from core.tumor
  group by source_id
),
incident as (
  select
    tumor.*,
    sends_reporting,
    sends_confirmation,
    coalesce(sexAssignedAtBirth, sex) as sex_code,
    coalesce(countyAtDxAnalysis, countyAtDx) as county_code,
    coalesce(typeOfReportingSource, '') as reporting_source
  from core.tumor
  inner join sent on sent.source_id = tumor.source_id
  where
    diagnosis_date is not null
    and (behaviorCodeIcdO3 = '3' or behaviorCodeIcdO3 = '2' and site_code = 'C67')
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_date,
  cast(diagnosis_year as varchar) as diagnosis_year,
  site_code,
  1 as case_count,
  case when sends_reporting then 1 else 0 end as reported_count,
  case when reporting_source = '7' then 1 else 0 end as dco_count,
  case when sends_confirmation then 1 else 0 end as confirmable_count,
  case when diagnosticConfirmation in ('1', '2', '3', '4') then 1 else 0 end as confirmed_count,
  case when sends_confirmation and reporting_source not in ('6', '7') then 1 else 0 end as witnessed_count,
  case
    when reporting_source not in ('6', '7') and diagnosticConfirmation in ('1', '2', '3', '4') then 1
    else 0
  end as confirmed_witnessed_count,
  case when coalesce(ageAtDiagnosis, '999') = '999' then 1 else 0 end as age_unknown_count,
  case when coalesce(sex_code, '9') = '9' then 1 else 0 end as sex_unknown_count,
  case when coalesce(race1, '99') = '99' then 1 else 0 end as race_unknown_count,
  case when coalesce(county_code, '999') = '999' then 1 else 0 end as county_unknown_count,
  case when diagnosis_year >= 2018 then 1 else 0 end as stageable_count,
  case when diagnosis_year >= 2018 and coalesce(summary_stage, '9') = '9' then 1 else 0 end as unstaged_count,
  case when site_code in ('C76', 'C80') then 1 else 0 end as ill_defined_count
from incident
