-- One row per code that the coder or the auditor wrote on an audited record.
--
-- Key     audit_id, code_class, side, code, copy
-- Counts  code_class: dx, admit_dx, visit_reason, pcs, cpt_hcpcs; codes are only ever compared within one
--         copy numbers the same code written more than once by one side: diagnoses count once, procedures as often as
--         written
--         stated_error is the kind of error that the auditor states of the line
--         is_linked: the auditor states that this line's codes belong together, or that a code stands alone
-- Ties    of equal codes the one whose line bears the same code on both sides, then the lowest line
with line as (
  select
    audit_id,
    line,
    case
      when role = 'admit' or code_set = 'ADMIT_DX' then 'admit_dx'
      when role = 'visit_reason' or code_set = 'VISIT_REASON' then 'visit_reason'
      when code_set in ('ICD10PCS', 'ICD9PCS') then 'pcs'
      when code_set in ('CPT', 'HCPCS') then 'cpt_hcpcs'
      else 'dx'
    end as code_class,
    role,
    coder_code,
    coder_poa,
    coder_seq,
    auditor_code,
    auditor_poa,
    auditor_seq,
    error_type as stated_error,
    coalesce(link_type = 'explicit', false) as is_linked
  from staging.audit_code
),
entry as (
  select
    audit_id,
    line,
    code_class,
    role,
    'coder' as side,
    coder_code as code,
    coder_poa as poa,
    coder_seq as seq,
    stated_error,
    is_linked,
    case when coder_code = auditor_code then 0 else 1 end as distance
  from line
  where coder_code is not null
  union all
  select
    audit_id,
    line,
    code_class,
    role,
    'auditor' as side,
    auditor_code as code,
    auditor_poa as poa,
    auditor_seq as seq,
    stated_error,
    is_linked,
    case when coder_code = auditor_code then 0 else 1 end as distance
  from line
  where auditor_code is not null
),
numbered as (
  select
    *,
    row_number() over (partition by audit_id, code_class, side, code order by distance, line) as copy
  from entry
)
select
  audit_id,
  code_class,
  side,
  code,
  copy,
  line,
  role,
  poa,
  seq,
  stated_error,
  is_linked
from numbered
where copy = 1 or code_class in ('pcs', 'cpt_hcpcs')
