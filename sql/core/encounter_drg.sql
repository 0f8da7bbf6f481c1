-- One row per DRG assigned to an encounter at one stage.
--
-- Key     encounter_id, stage, drg_type
-- Counts  drg_version_number: the version written one way, as 42 or 41.1
select
  encounter_id,
  stage,
  drg_type,
  drg_version,
  drg_version_number,
  drg_code,
  relative_weight,
  soi,
  rom,
  mdc,
  gmlos,
  amlos,
  reimbursement
from staging.encounter_drg
