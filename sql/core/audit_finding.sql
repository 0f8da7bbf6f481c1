-- One row per closed audit, code class and role of the diagnosis: what the auditor found, before any rebuttal.
--
-- Key       audit_id, code_class, dx_role
-- Counts    match, revised, omitted, unsupported codes (see core.audit_code; of audits sent as counts,
--           core.audit_summary)
--           dx_role: pdx, either side holds the code for the principal diagnosis; sdx, neither does, so that a principal
--           diagnosis that moved is not blamed on the secondary ones. Null for other classes, for worksheets that name
--           no principal diagnosis and for audits sent as counts
--           pairing: the rule that codes which do not match were paired by: the setting `pairing`, or net_count for
--           audits sent as counts
--           poa_changed_count: matched diagnoses of inpatients on which both sides state a present-on-admission
--           indicator, and not the same one (1 and E are both exempt)
--           poa_required_count: matched diagnoses of inpatients on which both sides state an indicator and the auditor
--           does not hold the code to be exempt; poa_missed_count of them the indicator differs. Null for audits sent
--           as counts, which do not tell them
--           modifier_changed_count: matched CPT and HCPCS codes on which the auditor states a changed modifier
--           principal_changed_count: 1 where the principal code differs, on the row that holds it
-- Excludes  audits not closed, second reviews, audits of one's own work
with setting as (
  select coalesce(max(case when name = 'pairing' then value end), 'category') as pairing
  from core.metric_setting
),
code as (
  select
    audit_code.audit_id,
    audit_code.code_class,
    case
      when audit_code.code_class <> 'dx' or principal.audit_id is null then null
      when audit_code.coder_code = principal.coder_code or audit_code.auditor_code = principal.auditor_code then 'pdx'
      else 'sdx'
    end as dx_role,
    verdict,
    stated_error,
    coalesce(is_changed, false) as is_principal_changed,
    replace(coder_poa, 'E', '1') as coder_poa,
    replace(auditor_poa, 'E', '1') as auditor_poa
  from core.audit_code
  left join core.audit_principal as principal
    on principal.audit_id = audit_code.audit_id and principal.code_class = audit_code.code_class
),
worksheet as (
  select
    audit_id,
    code_class,
    dx_role,
    sum(case when verdict = 'match' then 1 else 0 end) as match_count,
    sum(case when verdict = 'revised' then 1 else 0 end) as revised_count,
    sum(case when verdict = 'omitted' then 1 else 0 end) as omitted_count,
    sum(case when verdict = 'unsupported' then 1 else 0 end) as unsupported_count,
    sum(case when code_class = 'dx' and coder_poa <> auditor_poa then 1 else 0 end) as poa_changed_count,
    sum(case
      when code_class = 'dx' and coder_poa is not null and auditor_poa <> '1' then 1
      else 0
    end) as poa_required_count,
    sum(case
      when code_class = 'dx' and auditor_poa <> '1' and coder_poa <> auditor_poa then 1
      else 0
    end) as poa_missed_count,
    sum(case
      when
        code_class = 'cpt_hcpcs'
        and verdict = 'match'
        and stated_error in ('modifier_added', 'modifier_removed')
        then 1
      else 0
    end) as modifier_changed_count,
    max(case
      when is_principal_changed and coalesce(dx_role, 'pdx') = 'pdx' then 1
      when stated_error = 'pcs_principal_changed' and code_class = 'pcs' then 1
      when stated_error = 'cpt_principal_changed' and code_class = 'cpt_hcpcs' then 1
      else 0
    end) as principal_changed_count
  from code
  group by audit_id, code_class, dx_role
),
finding as (
  select
    audit_id,
    code_class,
    dx_role,
    pairing,
    match_count,
    revised_count,
    omitted_count,
    unsupported_count,
    poa_changed_count,
    poa_required_count,
    poa_missed_count,
    modifier_changed_count,
    principal_changed_count
  from worksheet
  cross join setting
  union all
  select
    audit_id,
    code_class,
    null,
    'net_count',
    match_count,
    revised_count,
    omitted_count,
    unsupported_count,
    poa_changed_count,
    null,
    null,
    0,
    case when is_pdx_changed then 1 else 0 end
  from core.audit_summary
  where not exists (select 1 from worksheet where worksheet.audit_id = audit_summary.audit_id)
)
select
  audit_id,
  code_class,
  dx_role,
  pairing,
  cast(match_count as bigint) as match_count,
  cast(revised_count as bigint) as revised_count,
  cast(omitted_count as bigint) as omitted_count,
  cast(unsupported_count as bigint) as unsupported_count,
  cast(case when patient_class = 'inpatient' then poa_changed_count else 0 end as bigint) as poa_changed_count,
  cast(case when patient_class = 'inpatient' then poa_required_count end as bigint) as poa_required_count,
  cast(case when patient_class = 'inpatient' then poa_missed_count end as bigint) as poa_missed_count,
  cast(modifier_changed_count as bigint) as modifier_changed_count,
  cast(principal_changed_count as bigint) as principal_changed_count
from finding
inner join core.audit_review as review using (audit_id)
where is_closed
