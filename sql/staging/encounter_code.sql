-- One row per code on an encounter at one stage of coding, written as all systems write it: no dot, upper case.
--
-- Key  encounter_id, stage, code_set, seq
select
  encounter_id,
  code_set,
  seq,
  plain_code(code) as code,
  is_well_formed(code_set, plain_code(code)) as is_well_formed,
  poa,
  proc_day_offset,
  date_at(proc_ts, case when source.is_instant then 'UTC' else source.timezone end, source.timezone) as proc_date,
  provider_id,
  modifiers,
  units,
  cc_level,
  hcc,
  hac_flag,
  stage,
  source_id
from raw.encounter_code
left join raw.source as source using (source_id)
