-- One row per DRG assigned to an encounter at one stage.
--
-- Key  encounter_id, stage, drg_type
select
  encounter_id,
  stage,
  drg_type,
  trim(drg_version) as drg_version,
  drg_version_number(drg_version) as drg_version_number,
  trim(drg_code) as drg_code,
  relative_weight,
  soi,
  rom,
  mdc,
  gmlos,
  amlos,
  reimbursement,
  source_id
from raw.encounter_drg
