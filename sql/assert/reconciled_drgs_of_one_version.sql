-- The working and the final MS-DRG of a record are of one grouper version.
--
-- Severity  warn
-- Counts    one row per record; it is left out of the DRG match
select working.encounter_id
from core.encounter_drg as working
inner join core.encounter_drg as final on final.encounter_id = working.encounter_id
where
  working.stage = 'working'
  and working.drg_type = 'MS'
  and final.stage = 'final'
  and final.drg_type = 'MS'
  and working.drg_version_number <> final.drg_version_number
