-- One row per scored audit: the facts abstracted beside the codes, and how many of them the auditor changed.
--
-- Key     audit_id
-- Counts  element_count: of each procedure (PCS, CPT, HCPCS) that the coder wrote its date and its provider, the
--         discharge disposition, and one more where a consulting provider was changed; of audits that state their
--         abstract_pre, that. changed_count are those the auditor changed, none after an overturned finding
--         Null where not known: of worksheets only from facilities whose worksheets ever tell of a change of this kind,
--         since silence would read as perfection
--         is_disposition_kept: null where nothing is said of the disposition
-- Source  Dolbey Fusion CAC, abstracting pre-audit and abstracting errors
with line as (
  select
    audit_id,
    sum(case when coder_code is not null and code_set in ('ICD10PCS', 'ICD9PCS', 'CPT', 'HCPCS') then 1 else 0 end)
      as procedure_count,
    sum(case when error_type in ('px_date_changed', 'px_provider_changed') then 1 else 0 end) as procedure_changed_count,
    max(case when error_type = 'consult_provider_changed' then 1 else 0 end) as consult_changed_count,
    max(case when error_type = 'disposition_changed' then 1 else 0 end) as disposition_changed_count
  from staging.audit_code
  group by audit_id
),
heard as (
  select
    review.audit_id,
    coalesce(review.facility_id, '') as facility_key,
    review.is_scored,
    review.is_overturned,
    review.abstract_pre,
    review.abstract_errors,
    coalesce(review.disposition_changed, case when disposition_changed_count = 1 then true end) as is_disposition_changed,
    procedure_count,
    procedure_changed_count,
    consult_changed_count
  from core.audit_review as review
  left join line using (audit_id)
),
counted as (
  select
    audit_id,
    is_overturned,
    is_disposition_changed,
    case
      when abstract_errors is not null then abstract_pre
      when teller.facility_key is not null then 2 * procedure_count + 1 + consult_changed_count
    end as element_count,
    case
      when abstract_errors is not null then abstract_errors
      else procedure_changed_count + consult_changed_count + case when is_disposition_changed then 1 else 0 end
    end as changed_count
  from heard
  left join core.abstract_teller as teller on teller.facility_key = heard.facility_key
  where is_scored
)
select
  audit_id,
  cast(element_count as bigint) as element_count,
  cast(case
    when element_count is null then null
    when is_overturned then 0
    else changed_count
  end as bigint) as changed_count,
  case
    when is_disposition_changed is null then null
    else is_overturned or not is_disposition_changed
  end as is_disposition_kept
from counted
