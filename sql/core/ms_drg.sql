-- One row per MS-DRG of one version: weight, type, and how its title splits its base.
--
-- Key     drg_code, drg_version
-- Counts  split: with_mcc, with_cc, with_cc_mcc, without_cc_mcc, without_mcc; null where the title does not say
--         base_drg: the lowest DRG of its base; null where the base does not split
--         is_split_by_mcc: some DRG of the base is "with MCC"
--         valid_until: first day on which the version no longer holds
-- Source  table 5 of the IPPS rule, and lists of MS-DRGs, of `code_tables`
select
  drg_code,
  drg_version,
  valid_from,
  coalesce(valid_to, date '9999-12-31') as valid_until,
  relative_weight,
  gmlos,
  amlos,
  mdc,
  drg_type,
  title,
  split,
  base_drg,
  max(case when split = 'with_mcc' then 1 else 0 end) over (partition by drg_version, base_drg) = 1
    and base_drg is not null as is_split_by_mcc
from staging.ms_drg
