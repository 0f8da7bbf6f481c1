-- A coded ICD procedure of an inpatient says when it was done.
--
-- Severity  warn
-- Counts    one row per final or billed ICD-10-PCS code without date and without days from admission, of sources that send either
with teller as (
  select source_id
  from staging.encounter_code
  where code_set = 'ICD10PCS' and (proc_date is not null or proc_day_offset is not null)
  group by source_id
)
select encounter_id
from staging.encounter_code
inner join teller using (source_id)
where code_set = 'ICD10PCS' and stage in ('final', 'billed') and proc_date is null and proc_day_offset is null
