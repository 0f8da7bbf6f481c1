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
--           repeat_count: the same patient has one of the same site and histology group (as the international rules for
--           multiple primaries have them) and side before, diagnosed up to 60 days earlier: a tumor told twice, or not yet
--           put together; one of no histology group is never one
--           available_month: month in which it could be counted (Date Tumor Record Available, else that the report was
--           received), in months after the year of diagnosis closed: December of it is 0. Null where not told;
--           dated_count: cases of sources that tell such a date at all
-- Excludes  what is not malignant, but for in situ of the urinary bladder; diagnoses without a year
-- Source    NAACCR certification criteria; CDC NPCR standards; 60 days: SEER Solid Tumor Rules, as customary
-- Ties      of cases of one day the lower record number comes first, then sequence number, site and facility
with sent as (
  select
    source_id,
    count(dateTumorRecordAvailbl) + count(dateCaseReportReceived) > 0 as sends_availability,
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
    sends_availability,
    kind.site_group,
    kind.histology_group,
    coalesce(available_date, received_date) as countable_date,
    coalesce(sexAssignedAtBirth, sex) as sex_code,
    coalesce(countyAtDxAnalysis, countyAtDx) as county_code,
    coalesce(typeOfReportingSource, '') as reporting_source
  from core.tumor
  inner join sent on sent.source_id = tumor.source_id
  left join core.iarc_tumor as kind
    on kind.patient_key = tumor.patient_key
    and coalesce(kind.facility_id, '') = coalesce(tumor.facility_id, '')
    and coalesce(kind.tumorRecordNumber, '') = coalesce(tumor.tumorRecordNumber, '')
    and coalesce(kind.sequenceNumberHospital, '') = coalesce(tumor.sequenceNumberHospital, '')
    and coalesce(kind.primarySite, '') = coalesce(tumor.primarySite, '')
  where
    tumor.diagnosis_date is not null
    and (behaviorCodeIcdO3 = '3' or behaviorCodeIcdO3 = '2' and site_code = 'C67')
),
placed as (
  select
    *,
    max(diagnosis_date) over (
      partition by patient_key, site_group, histology_group, coalesce(laterality, '')
      order by
        diagnosis_date,
        coalesce(tumorRecordNumber, ''),
        coalesce(sequenceNumberHospital, ''),
        coalesce(primarySite, ''),
        coalesce(facility_id, '')
      rows between unbounded preceding and 1 preceding
    ) as date_before
  from incident
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
  county_code,
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
  case when site_code in ('C76', 'C80') then 1 else 0 end as ill_defined_count,
  case when histology_group > 0 and day_count(date_before, diagnosis_date) <= 60 then 1 else 0 end as repeat_count,
  case when sends_availability then 1 else 0 end as dated_count,
  case
    when countable_date is not null
      then 12 * (year_of(countable_date) - diagnosis_year - 1) + month_number_of(countable_date)
  end as available_month
from placed
