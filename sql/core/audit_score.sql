-- One row per scored audit and code class: what matched, what did not.
--
-- Key       audit_id, code_class
-- Counts    match, revised, omitted, unsupported codes (see core.audit_code; of audits sent as counts,
--           core.audit_summary)
--           poa_changed_count: matched diagnoses of inpatients on which both sides state a present-on-admission
--           indicator, and not the same one (1 and E are both exempt)
--           is_pdx_changed: the principal diagnosis differs, be it only in sequence
--           an overturned finding leaves the coder's codes standing: they all count as matched
-- Excludes  audits not final, second reviews
with verdict as (
  select
    audit_id,
    code_class,
    sum(case when verdict = 'match' then 1 else 0 end) as match_count,
    sum(case when verdict = 'revised' then 1 else 0 end) as revised_count,
    sum(case when verdict = 'omitted' then 1 else 0 end) as omitted_count,
    sum(case when verdict = 'unsupported' then 1 else 0 end) as unsupported_count,
    sum(case
      when code_class = 'dx' and replace(coder_poa, 'E', '1') <> replace(auditor_poa, 'E', '1') then 1
      else 0
    end) as poa_changed_count
  from core.audit_code
  group by audit_id, code_class
),
finding as (
  select
    audit_id,
    code_class,
    match_count,
    revised_count,
    omitted_count,
    unsupported_count,
    poa_changed_count,
    code_class = 'dx' and coalesce(principal.coder_code, '') <> coalesce(principal.auditor_code, '') as is_pdx_changed
  from verdict
  left join core.audit_principal as principal using (audit_id)
  union all
  select
    audit_id,
    code_class,
    match_count,
    revised_count,
    omitted_count,
    unsupported_count,
    poa_changed_count,
    is_pdx_changed
  from core.audit_summary
  where audit_id not in (select audit_id from verdict)
),
standing as (
  select
    finding.*,
    review.is_overturned,
    coalesce(review.patient_class, '') = 'inpatient' as is_inpatient
  from finding
  inner join core.audit_review as review using (audit_id)
  where review.is_scored
)
select
  audit_id,
  code_class,
  cast(case
    when is_overturned then match_count + revised_count + unsupported_count
    else match_count
  end as bigint) as match_count,
  cast(case when is_overturned then 0 else revised_count end as bigint) as revised_count,
  cast(case when is_overturned then 0 else omitted_count end as bigint) as omitted_count,
  cast(case when is_overturned then 0 else unsupported_count end as bigint) as unsupported_count,
  cast(case when is_inpatient and not is_overturned then poa_changed_count else 0 end as bigint) as poa_changed_count,
  is_pdx_changed and not is_overturned as is_pdx_changed
from standing
