-- One row per record audited at random and level of comorbidity: complications that the auditor found, kept, added and
-- struck out.
--
-- Key       audit_id, cc_level
-- Counts    match_count of auditor_code_count: secondary diagnoses of the level with the auditor, and those of them that
--           the coder had as secondary diagnosis too. added_count only with the auditor, removed_count only with the
--           coder. An overturned finding leaves the coder's codes standing
--           audits sent as counts give added and removed ones, and neither of the other two
-- Excludes  principal diagnoses; codes whose level nobody tells; patients not inpatient
with counted as (
  select
    audit_id,
    cc_level,
    sum(case
      when is_overturned then case when is_coder_code then 1 else 0 end
      when is_auditor_code then 1
      else 0
    end) as auditor_code_count,
    sum(case when is_coder_code and (is_auditor_code or is_overturned) then 1 else 0 end) as match_count,
    sum(case when is_auditor_code and not is_coder_code and not is_overturned then 1 else 0 end) as added_count,
    sum(case when is_coder_code and not is_auditor_code and not is_overturned then 1 else 0 end) as removed_count
  from core.audit_cc_level
  inner join core.audit_review as review using (audit_id)
  where is_scored and cc_level in ('CC', 'MCC')
  group by audit_id, cc_level
  union all
  select
    audit_id,
    'CC',
    0,
    0,
    case when is_overturned then 0 else coalesce(cc_added, 0) end,
    case when is_overturned then 0 else coalesce(cc_removed, 0) end
  from core.audit_review
  where
    is_scored
    and coalesce(cc_added, cc_removed) is not null
    and not exists (select 1 from core.audit_entry as entry where entry.audit_id = audit_review.audit_id)
  union all
  select
    audit_id,
    'MCC',
    0,
    0,
    case when is_overturned then 0 else coalesce(mcc_added, 0) end,
    case when is_overturned then 0 else coalesce(mcc_removed, 0) end
  from core.audit_review
  where
    is_scored
    and coalesce(mcc_added, mcc_removed) is not null
    and not exists (select 1 from core.audit_entry as entry where entry.audit_id = audit_review.audit_id)
)
select
  audit_id,
  cc_level,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.audit_date,
  cast(match_count as bigint) as match_count,
  cast(auditor_code_count as bigint) as auditor_code_count,
  cast(added_count as bigint) as added_count,
  cast(removed_count as bigint) as removed_count
from counted
inner join core.audit_review as review using (audit_id)
where review.sample = 'random' and review.patient_class = 'inpatient'
