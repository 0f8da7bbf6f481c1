-- One row per audit and secondary diagnosis that either side wrote, with its level as comorbidity or complication.
--
-- Key     audit_id, code
-- Counts  cc_level: MCC, CC or N, as the encounter's own final codes have it; for a code that is not among them as the
--         configured list has it on the day of discharge; where no list speaks of that day, the highest level that any
--         encounter has it at (a level lowered by an exclusion there holds there). Null where nobody tells
--         is_coder_code, is_auditor_code: who wrote it as secondary diagnosis
with secondary as (
  select
    entry.audit_id,
    entry.code,
    max(case when entry.side = 'coder' then 1 else 0 end) as coder_count,
    max(case when entry.side = 'auditor' then 1 else 0 end) as auditor_count
  from core.audit_entry as entry
  left join core.audit_principal as principal
    on principal.audit_id = entry.audit_id and principal.code_class = entry.code_class
  where
    entry.code_class = 'dx'
    and entry.code <> coalesce(case entry.side when 'coder' then principal.coder_code else principal.auditor_code end, '')
  group by entry.audit_id, entry.code
),
anywhere as (
  select code, max(case cc_level when 'MCC' then 2 when 'CC' then 1 else 0 end) as level
  from core.told_cc_level
  group by code
),
audited as (
  select encounter_id
  from core.audit_review
  group by encounter_id
),
here as (
  select
    encounter_code.encounter_id,
    encounter_code.code,
    max(case encounter_code.cc_level when 'MCC' then 2 when 'CC' then 1 else 0 end) as level
  from core.encounter_code
  inner join audited on audited.encounter_id = encounter_code.encounter_id
  where encounter_code.cc_level is not null and encounter_code.stage = 'final'
  group by encounter_code.encounter_id, encounter_code.code
),
dated as (
  select secondary.audit_id, secondary.code, encounter.discharge_date
  from secondary
  inner join core.audit_review as review using (audit_id)
  inner join core.encounter as encounter using (encounter_id)
),
listed as (
  select
    dated.audit_id,
    dated.code,
    max(case cc_code.cc_level when 'MCC' then 2 when 'CC' then 1 else 0 end) as level
  from dated
  inner join core.code_table_period as period
    on period.code_table = 'CC'
    and dated.discharge_date >= period.valid_from
    and dated.discharge_date < period.valid_until
  left join core.cc_code
    on cc_code.code = dated.code
    and dated.discharge_date >= cc_code.valid_from
    and dated.discharge_date < cc_code.valid_until
  group by dated.audit_id, dated.code
)
select
  secondary.audit_id,
  secondary.code,
  case coalesce(here.level, listed.level, anywhere.level) when 2 then 'MCC' when 1 then 'CC' when 0 then 'N' end as cc_level,
  coder_count = 1 as is_coder_code,
  auditor_count = 1 as is_auditor_code
from secondary
inner join core.audit_review as review on review.audit_id = secondary.audit_id
left join here on here.encounter_id = review.encounter_id and here.code = secondary.code
left join listed on listed.audit_id = secondary.audit_id and listed.code = secondary.code
left join anywhere on anywhere.code = secondary.code
