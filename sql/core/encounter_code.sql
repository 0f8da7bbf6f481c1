-- One row per code on an encounter at one stage of coding, without its dot.
--
-- Key     encounter_id, stage, code_set, seq
-- Counts  is_well_formed: it has the structure of its code set; null where the set has none that is public
select
  encounter_id,
  code_set,
  seq,
  code,
  is_well_formed,
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
