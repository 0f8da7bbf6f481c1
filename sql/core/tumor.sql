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
--         as_of_date: up to when the source speaks, else the latest date in its abstracts
with last_date as (
  select source_id, max(last_process_date) as last_date
  from staging.tumor
  group by source_id
)
select
  tumor.*,
  year_of(diagnosis_date) as diagnosis_year,
  substr(primarySite, 1, 3) as site_code,
  case
    when year_of(diagnosis_date) >= 2018 then coalesce(summaryStage2018, derivedSummaryStage2018)
  end as summary_stage,
  coalesce(classOfCase between '00' and '22', false) as is_analytic,
  coalesce(source.as_of_date, last_date.last_date) as as_of_date
from staging.tumor
left join staging.source on source.source_id = tumor.source_id
left join last_date on last_date.source_id = tumor.source_id
