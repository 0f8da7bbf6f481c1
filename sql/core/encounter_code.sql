-- One row per code on an encounter at one stage of coding, without its dot.
--
-- Key  encounter_id, stage, code_set, seq
select
  encounter_id,
  code_set,
  seq,
  code,
  poa,
  proc_day_offset,
  proc_date,
  provider_id,
  modifiers,
  units,
  cc_level,
  hcc,
  hac_flag,
  stage
from staging.encounter_code
