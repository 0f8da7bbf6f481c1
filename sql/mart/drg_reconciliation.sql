-- One row per record with both a working and a final MS-DRG: are they the same?
--
-- Key       encounter_id
-- Counts    match_count: 1 where the codes are equal; reconciled_count is 1
--           known_at: when the record was final coded, else first coded; null where no coding events tell
-- Excludes  records whose two DRGs are stated to be of different grouper versions; patients in house
select
  working.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.primary_payer_class as payer_class,
  encounter.discharge_period_date as discharge_date,
  coalesce(milestone.final_coded_at, milestone.first_coded_at) as known_at,
  case when working.drg_code = final.drg_code then 1 else 0 end as match_count,
  1 as reconciled_count
from core.encounter_drg as working
inner join core.encounter_drg as final on final.encounter_id = working.encounter_id
inner join core.encounter as encounter on encounter.encounter_id = working.encounter_id
left join core.coding_milestone as milestone on milestone.encounter_id = working.encounter_id
where
  working.stage = 'working'
  and working.drg_type = 'MS'
  and final.stage = 'final'
  and final.drg_type = 'MS'
  and coalesce(working.drg_version_number = final.drg_version_number, true)
  and (encounter.discharge_at is not null or encounter.discharge_year is not null)
