-- One row per audited code, with the auditor's verdict on it.
--
-- Key      audit_id, code_class, coder_line, auditor_line
-- Verdict  match        both wrote the code, on whatever line
--          revised      the auditor put another code in its place
--          omitted      the auditor wrote a code the coder had left out
--          unsupported  the auditor struck the code out
-- Pairing  of codes that do not match: line, both stand on one line of the worksheet; category, neither line says so
--          but both diagnoses are of one three-character category (a guess, and marked as one); order, what is left on
--          either side, one for one, so that only a surplus is omitted or unsupported (Dolbey's net count)
--          The setting `pairing` says how far it goes: explicit_link (line alone), category (line, then category; the
--          default), net_count (all three)
-- Counts   stated_error is what the auditor calls the coder's line
-- Ties     codes of one category, and those left over, pair in the order of their lines
with setting as (
  select coalesce(max(case when name = 'pairing' then value end), 'category') as pairing
  from core.metric_setting
),
matched as (
  select
    coder.audit_id,
    coder.code_class,
    coder.line as coder_line,
    auditor.line as auditor_line,
    coder.code as coder_code,
    auditor.code as auditor_code,
    coder.poa as coder_poa,
    auditor.poa as auditor_poa,
    coder.stated_error
  from core.audit_entry as coder
  inner join core.audit_entry as auditor
    on auditor.audit_id = coder.audit_id
    and auditor.code_class = coder.code_class
    and auditor.code = coder.code
    and auditor.copy = coder.copy
  where coder.side = 'coder' and auditor.side = 'auditor'
),
matched_entry as (
  select audit_id, code_class, 'coder' as side, coder_line as line from matched
  union all
  select audit_id, code_class, 'auditor', auditor_line from matched
),
unmatched as (
  select entry.*
  from core.audit_entry as entry
  left join matched_entry
    on matched_entry.audit_id = entry.audit_id
    and matched_entry.code_class = entry.code_class
    and matched_entry.side = entry.side
    and matched_entry.line = entry.line
  where matched_entry.audit_id is null
),
on_one_line as (
  select
    coder.audit_id,
    coder.code_class,
    coder.line as coder_line,
    auditor.line as auditor_line,
    coder.code as coder_code,
    auditor.code as auditor_code,
    coder.stated_error
  from unmatched as coder
  inner join unmatched as auditor
    on auditor.audit_id = coder.audit_id and auditor.code_class = coder.code_class and auditor.line = coder.line
  where coder.side = 'coder' and auditor.side = 'auditor'
),
alone as (
  select
    unmatched.*,
    substr(unmatched.code, 1, 3) as category,
    row_number() over (
      partition by unmatched.audit_id, unmatched.code_class, side, is_linked, substr(unmatched.code, 1, 3)
      order by line, code
    ) as place
  from unmatched
  left join on_one_line
    on on_one_line.audit_id = unmatched.audit_id
    and on_one_line.code_class = unmatched.code_class
    and on_one_line.coder_line = unmatched.line
  where on_one_line.audit_id is null
),
of_one_category as (
  select
    coder.audit_id,
    coder.code_class,
    coder.line as coder_line,
    auditor.line as auditor_line,
    coder.code as coder_code,
    auditor.code as auditor_code,
    coder.stated_error
  from alone as coder
  inner join alone as auditor
    on auditor.audit_id = coder.audit_id
    and auditor.code_class = coder.code_class
    and auditor.category = coder.category
    and auditor.place = coder.place
  cross join setting
  where
    pairing <> 'explicit_link'
    and coder.side = 'coder'
    and auditor.side = 'auditor'
    and not coder.is_linked
    and not auditor.is_linked
    and coder.code_class in ('dx', 'admit_dx', 'visit_reason')
),
paired_entry as (
  select audit_id, code_class, 'coder' as side, coder_line as line from of_one_category
  union all
  select audit_id, code_class, 'auditor', auditor_line from of_one_category
),
left_over as (
  select
    alone.audit_id,
    alone.code_class,
    alone.side,
    alone.line,
    alone.code,
    alone.stated_error,
    row_number() over (
      partition by alone.audit_id, alone.code_class, alone.side order by alone.line, alone.code
    ) as place
  from alone
  left join paired_entry
    on paired_entry.audit_id = alone.audit_id
    and paired_entry.code_class = alone.code_class
    and paired_entry.side = alone.side
    and paired_entry.line = alone.line
  where paired_entry.audit_id is null
),
in_order as (
  select
    coder.audit_id,
    coder.code_class,
    coder.place,
    coder.line as coder_line,
    auditor.line as auditor_line,
    coder.code as coder_code,
    auditor.code as auditor_code,
    coder.stated_error
  from left_over as coder
  inner join left_over as auditor
    on auditor.audit_id = coder.audit_id
    and auditor.code_class = coder.code_class
    and auditor.place = coder.place
  cross join setting
  where pairing = 'net_count' and coder.side = 'coder' and auditor.side = 'auditor'
),
one_sided as (
  select left_over.*
  from left_over
  left join in_order
    on in_order.audit_id = left_over.audit_id
    and in_order.code_class = left_over.code_class
    and in_order.place = left_over.place
  where in_order.audit_id is null
)
select
  audit_id,
  code_class,
  coder_line,
  auditor_line,
  coder_code,
  auditor_code,
  coder_poa,
  auditor_poa,
  stated_error,
  'match' as verdict,
  cast(null as varchar) as pairing
from matched
union all
select
  audit_id,
  code_class,
  coder_line,
  auditor_line,
  coder_code,
  auditor_code,
  null,
  null,
  stated_error,
  'revised',
  'line'
from on_one_line
union all
select
  audit_id,
  code_class,
  coder_line,
  auditor_line,
  coder_code,
  auditor_code,
  null,
  null,
  stated_error,
  'revised',
  'category'
from of_one_category
union all
select
  audit_id,
  code_class,
  coder_line,
  auditor_line,
  coder_code,
  auditor_code,
  null,
  null,
  stated_error,
  'revised',
  'order'
from in_order
union all
select
  audit_id,
  code_class,
  case side when 'coder' then line end,
  case side when 'auditor' then line end,
  case side when 'coder' then code end,
  case side when 'auditor' then code end,
  null,
  null,
  stated_error,
  case side when 'coder' then 'unsupported' else 'omitted' end,
  null
from one_sided
