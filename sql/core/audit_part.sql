-- One row per scored audit and part of the weighted score: how often it could be right, and how often it was.
--
-- Key     audit_id, part
-- Part    drg, pdx, poa, disposition, abstract: one opportunity for each DRG, principal diagnosis, required indicator,
--         disposition and abstracted fact compared
--         mcc, cc, other_dx: secondary diagnoses that either side wrote, by the auditor's code where there is one;
--         pcs, cpt, admit_dx, visit_reason: codes that either side wrote
-- Counts  correct_count of opportunity_count; audits sent as counts have no mcc, cc, other_dx and poa
with secondary as (
  select
    audit_code.audit_id,
    verdict,
    case level.cc_level when 'MCC' then 'mcc' when 'CC' then 'cc' else 'other_dx' end as part
  from core.audit_code
  left join core.audit_principal as principal
    on principal.audit_id = audit_code.audit_id and principal.code_class = audit_code.code_class
  left join core.audit_cc_level as level
    on level.audit_id = audit_code.audit_id
    and level.code = coalesce(audit_code.auditor_code, audit_code.coder_code)
  where
    audit_code.code_class = 'dx'
    and principal.audit_id is not null
    and coalesce(audit_code.coder_code, '') <> coalesce(principal.coder_code, '-')
    and coalesce(audit_code.auditor_code, '') <> coalesce(principal.auditor_code, '-')
),
part as (
  select
    audit_id,
    part,
    sum(case when verdict = 'match' or (is_overturned and verdict <> 'omitted') then 1 else 0 end) as correct_count,
    sum(case when is_overturned and verdict = 'omitted' then 0 else 1 end) as opportunity_count
  from secondary
  inner join core.audit_review as review using (audit_id)
  where is_scored
  group by audit_id, part
  union all
  select
    audit_id,
    case code_class when 'cpt_hcpcs' then 'cpt' else code_class end,
    match_count,
    match_count + revised_count + omitted_count + unsupported_count
  from core.audit_score
  where code_class <> 'dx'
  union all
  select audit_id, 'pdx', case when is_changed and not is_overturned then 0 else 1 end, 1
  from core.audit_principal
  inner join core.audit_review as review using (audit_id)
  where is_scored and code_class = 'dx'
  union all
  select audit_id, 'pdx', case when pdx_changed and not is_overturned then 0 else 1 end, 1
  from core.audit_review
  where
    is_scored
    and pdx_changed is not null
    and not exists (select 1 from core.audit_entry as entry where entry.audit_id = audit_review.audit_id)
  union all
  select audit_id, 'poa', sum(poa_required_count - poa_missed_count), sum(poa_required_count)
  from core.audit_score
  where poa_required_count > 0
  group by audit_id
  union all
  select audit_id, 'drg', case when is_same then 1 else 0 end, 1
  from core.audit_drg
  where is_comparable
  union all
  select audit_id, 'disposition', case when is_disposition_kept then 1 else 0 end, 1
  from core.audit_abstract
  inner join core.audit_review as review using (audit_id)
  where is_disposition_kept is not null and review.patient_class = 'inpatient'
  union all
  select audit_id, 'abstract', element_count - changed_count, element_count
  from core.audit_abstract
  where element_count > 0
)
select
  audit_id,
  part,
  cast(correct_count as bigint) as correct_count,
  cast(opportunity_count as bigint) as opportunity_count
from part
