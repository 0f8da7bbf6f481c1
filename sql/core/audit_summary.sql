-- One row per audit sent as counts instead of lines, and code class.
--
-- Key       audit_id, code_class
-- Counts    after Dolbey's rule: codes added are the auditor's surplus, codes unassigned the coder's, codes edited
--           what else differs. Added and unassigned, where not sent, follow from the counts before and after
-- Excludes  classes without a count before, a count after or a count edited
-- Source    dolbeysystems fusion-cac-web-docs, audit worksheet
with class_count as (
  select
    audit_id,
    'dx' as code_class,
    dx_pre as pre,
    dx_post as post,
    dx_added as added,
    dx_edited as edited,
    dx_unassigned as unassigned,
    coalesce(poa_changes, 0) as poa_changed,
    coalesce(pdx_changed, false) as is_pdx_changed
  from core.audit_review
  union all
  select audit_id, 'pcs', px_pre, px_post, px_added, px_edited, px_unassigned, 0, false
  from core.audit_review
  union all
  select audit_id, 'cpt_hcpcs', cpt_pre, cpt_post, cpt_added, cpt_edited, cpt_unassigned, 0, false
  from core.audit_review
  union all
  select audit_id, 'visit_reason', visit_pre, visit_post, visit_added, visit_edited, visit_unassigned, 0, false
  from core.audit_review
),
whole as (
  select
    audit_id,
    code_class,
    pre,
    edited,
    coalesce(unassigned, later_of(pre - coalesce(post, pre + added), 0)) as unassigned,
    coalesce(added, later_of(coalesce(post, pre - unassigned) - pre, 0)) as added,
    poa_changed,
    is_pdx_changed
  from class_count
  where pre is not null and edited is not null and (post is not null or (added is not null and unassigned is not null))
)
select
  audit_id,
  code_class,
  pre - edited - unassigned as match_count,
  edited as revised_count,
  added as omitted_count,
  unassigned as unsupported_count,
  poa_changed as poa_changed_count,
  is_pdx_changed
from whole
