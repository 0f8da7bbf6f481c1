-- One row per tumor abstract: every NAACCR item under its XML id as abstracted, then what we derive from them.
--
-- The items are not listed here: they are those of the contract, and a new one comes through by itself.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  diagnosis_date and first_contact_date: a partial date stands on the first of its month or year and is flagged
--         completed_date: dateCaseCompletedCoc, else dateCaseCompleted
--         site_code: the first three characters of primarySite; summary_stage: Summary Stage 2018, diagnoses from 2018
--         on
--         is_analytic: class of case 00 to 22
select
  tumor.*,
  year_of(diagnosis_date) as diagnosis_year,
  substr(primarySite, 1, 3) as site_code,
  case
    when year_of(diagnosis_date) >= 2018 then coalesce(summaryStage2018, derivedSummaryStage2018)
  end as summary_stage,
  coalesce(classOfCase between '00' and '22', false) as is_analytic
from staging.tumor
