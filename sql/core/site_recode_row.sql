-- One row per row of a configured SEER site recode that has a group, in the order in which rows are tried.
--
-- Key     scheme, place
-- Counts  site_side, histology_side: in, out (everything else), or null where the row does not ask
-- Source  SEER Site Recode ICD-O-3/WHO 2008 and ICD-O-3 2023 revision, of `code_tables`
select
  scheme,
  place,
  min(recode) as recode,
  min(label) as label,
  min(behaviors) as behaviors,
  min(year_from) as year_from,
  min(year_to) as year_to,
  min(case when axis = 'site' then side end) as site_side,
  min(case when axis = 'histology' then side end) as histology_side
from staging.site_recode
group by scheme, place
