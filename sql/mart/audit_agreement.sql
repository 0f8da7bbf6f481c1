-- One row per record of the random audits that two auditors looked at, with the verdict of each.
--
-- Key       audit_id
-- Counts    first_… and second_… are null together where either is not known, so that a pair counts or does not
--           drg_changed: the auditor arrived at another DRG than the coder; pdx: the auditor's principal diagnosis, in full,
--           by its first four characters and by its category
-- Excludes  records of focused audits
with paired as (
  select
    audit_id,
    first_auditor_id,
    second_auditor_id,
    audit_date,
    case when second_drg_changed is not null then first_drg_changed end as first_drg_changed,
    case when first_drg_changed is not null then second_drg_changed end as second_drg_changed,
    case when second_pdx is not null then first_pdx end as first_pdx,
    case when first_pdx is not null then second_pdx end as second_pdx
  from core.audit_pair
  where sample = 'random'
)
select
  audit_id,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  first_auditor_id as auditor_id,
  second_auditor_id,
  paired.audit_date,
  first_drg_changed,
  second_drg_changed,
  first_pdx,
  second_pdx,
  substr(first_pdx, 1, 4) as first_pdx_4,
  substr(second_pdx, 1, 4) as second_pdx_4,
  substr(first_pdx, 1, 3) as first_pdx_3,
  substr(second_pdx, 1, 3) as second_pdx_3
from paired
inner join core.audit_review as review using (audit_id)
