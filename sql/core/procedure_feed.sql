-- One row per facility: how many ICD-10-PCS codes arrive at any stage, and how many with the day of the procedure.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
select
  coalesce(encounter.facility_id, '') as facility_key,
  count(*) as code_count,
  cast(
    sum(case when encounter_code.proc_date is not null or encounter_code.proc_day_offset is not null then 1 else 0 end)
    as bigint
  ) as dated_count
from core.encounter_code
inner join core.encounter on encounter.encounter_id = encounter_code.encounter_id
where encounter_code.code_set = 'ICD10PCS'
group by coalesce(encounter.facility_id, '')
