-- One row per DRG assigned to an encounter at one stage.
--
-- Key  encounter_id, stage, drg_type
select
  encounter_id,
  stage,
  drg_type,
  drg_version,
  drg_code,
  relative_weight,
  soi,
  rom,
  mdc,
  gmlos,
  amlos,
  reimbursement
from staging.encounter_drg
