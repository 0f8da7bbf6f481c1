-- One row per tumor abstract, with what statistics are made from: items that are numbers, and dates in their parts.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind    table
-- Counts  a part of a date is null where it is not told or not possible: 20210231 has a year and a month, 2021 a year
--         age is in completed years, 999 and other text null; sex by Sex Assigned at Birth, before NAACCR 26 by Sex
--         summary_stage is that of 2018, for diagnoses from then on, summary_stage_2000 for those of 2001 to 2017 (derived,
--         else directly coded): two code lists, never mixed
--         sequence_number: Central, else Hospital; those not federally reportable (60 to 97) come after the others
select
  source_id,
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  histologicTypeIcdO3,
  behaviorCodeIcdO3,
  typeOfReportingSource,
  vitalStatus,
  causeOfDeath,
  classOfCase,
  dateOfLastContact,
  diagnosis_date,
  case when date_year(dateOfDiagnosis) >= 2018 then coalesce(summaryStage2018, derivedSummaryStage2018) end
    as summary_stage,
  case when date_year(dateOfDiagnosis) between 2001 and 2017 then coalesce(derivedSs2000, seerSummaryStage2000) end
    as summary_stage_2000,
  coalesce(sexAssignedAtBirth, sex) as sex,
  race1,
  coalesce(countyAtDxAnalysis, countyAtDx) as county,
  addrAtDxState as state,
  case when try_cast(ageAtDiagnosis as integer) between 0 and 130 then try_cast(ageAtDiagnosis as integer) end as age,
  coalesce(
    case
      when try_cast(coalesce(sequenceNumberCentral, sequenceNumberHospital) as integer) between 60 and 97
        then try_cast(coalesce(sequenceNumberCentral, sequenceNumberHospital) as integer) + 100
      else try_cast(coalesce(sequenceNumberCentral, sequenceNumberHospital) as integer)
    end,
    -1
  ) as sequence_number,
  date_year(dateOfDiagnosis) as diagnosis_year,
  date_month(dateOfDiagnosis) as diagnosis_month,
  date_day(dateOfDiagnosis) as diagnosis_day,
  date_year(dateOfLastContact) as contact_year,
  date_month(dateOfLastContact) as contact_month,
  date_day(dateOfLastContact) as contact_day,
  date_year(dateOfBirth) as birth_year,
  date_month(dateOfBirth) as birth_month,
  date_day(dateOfBirth) as birth_day
from staging.tumor
