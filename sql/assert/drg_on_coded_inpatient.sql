-- A coded inpatient record has a final MS-DRG, at facilities that send any.
--
-- Severity  warn
-- Counts    one row per coded, discharged inpatient without a final, billed or any other grouper's DRG
with teller as (
  select coalesce(encounter.facility_id, '') as facility_key
  from core.ms_drg_assignment
  inner join core.encounter on encounter.encounter_id = ms_drg_assignment.encounter_id
  where ms_drg_assignment.stage in ('final', 'billed')
  group by coalesce(encounter.facility_id, '')
)
select coded_record.encounter_id
from mart.coded_record
inner join teller on teller.facility_key = coalesce(coded_record.facility_id, '')
where
  coded_record.patient_class = 'inpatient'
  and coded_record.icd10_record_count = 1
  and coded_record.encounter_id not in (
    select encounter_id from core.encounter_drg where stage in ('final', 'billed')
  )
