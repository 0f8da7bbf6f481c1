-- One row per record audited twice by two auditors: what each of them made of it.
--
-- Key       audit_id
-- Counts    audit_id is the first audit; second_… belongs to its second review
--           audit_date is the day both were closed
--           is_drg_changed: the auditor's DRG differs from the coder's; null where either is not known
--           pdx: the auditor's principal diagnosis, of worksheets only
--           Rebuttals play no part: agreement is of auditors, not of what stood in the end
-- Excludes  open audits; second reviews of an audit that is not there or is one itself, of another encounter, or by the
--           same auditor (see the assert second_review_pairs)
-- Ties      of several second reviews the one closed first, then the lowest id
with review as (
  select
    audit_review.audit_id,
    encounter_id,
    auditor_id,
    sample,
    audit_date,
    audit_closed_at,
    is_second_review_of,
    drg_revised <> drg_original as is_drg_changed,
    principal.auditor_code as pdx
  from core.audit_review
  left join core.audit_principal as principal
    on principal.audit_id = audit_review.audit_id and principal.code_class = 'dx'
  where status in ('closed', 'rebutted', 'final')
),
pair as (
  select
    first.audit_id,
    first.sample,
    first.auditor_id as first_auditor_id,
    second.auditor_id as second_auditor_id,
    second.audit_id as second_audit_id,
    later_of(first.audit_date, second.audit_date) as audit_date,
    first.is_drg_changed as first_drg_changed,
    second.is_drg_changed as second_drg_changed,
    first.pdx as first_pdx,
    second.pdx as second_pdx,
    row_number() over (
      partition by first.audit_id order by second.audit_closed_at nulls last, second.audit_id
    ) as place
  from review as second
  inner join review as first
    on first.audit_id = second.is_second_review_of
    and first.encounter_id = second.encounter_id
    and first.auditor_id <> second.auditor_id
    and first.is_second_review_of is null
)
select
  audit_id,
  sample,
  first_auditor_id,
  second_auditor_id,
  second_audit_id,
  audit_date,
  first_drg_changed,
  second_drg_changed,
  first_pdx,
  second_pdx
from pair
where place = 1
