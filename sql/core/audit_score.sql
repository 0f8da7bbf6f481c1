-- One row per scored audit, code class and role of the diagnosis: what matched and what did not, once rebuttals are
-- decided.
--
-- Key       audit_id, code_class, dx_role
-- Counts    as in core.audit_finding; but an overturned finding leaves the coder's codes standing: they all count as
--           matched, and nothing else is left of it
--           error_count: omitted, revised and unsupported codes, changed POA indicators and modifiers, and one more for a
--           changed principal diagnosis unless the setting pdx_double_count says no, and for a changed principal
--           procedure unless principal_procedure_double_count does
-- Excludes  audits not final, second reviews, audits of one's own work
with setting as (
  select
    max(case when name = 'pdx_double_count' and value in ('no', 'false') then 1 else 0 end) as is_pdx_left_out,
    max(case
      when name = 'principal_procedure_double_count' and value in ('no', 'false') then 1
      else 0
    end) as is_procedure_left_out
  from core.metric_setting
),
standing as (
  select
    audit_id,
    code_class,
    dx_role,
    pairing,
    case
      when is_overturned then match_count + revised_count + unsupported_count
      else match_count
    end as match_count,
    case when is_overturned then 0 else revised_count end as revised_count,
    case when is_overturned then 0 else omitted_count end as omitted_count,
    case when is_overturned then 0 else unsupported_count end as unsupported_count,
    case when is_overturned then 0 else poa_changed_count end as poa_changed_count,
    poa_required_count,
    case when is_overturned and poa_missed_count > 0 then 0 else poa_missed_count end as poa_missed_count,
    case when is_overturned then 0 else modifier_changed_count end as modifier_changed_count,
    case when is_overturned then 0 else principal_changed_count end as principal_changed_count
  from core.audit_finding
  inner join core.audit_review as review using (audit_id)
  where is_scored
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
  cast(poa_changed_count as bigint) as poa_changed_count,
  cast(poa_required_count as bigint) as poa_required_count,
  cast(poa_missed_count as bigint) as poa_missed_count,
  cast(modifier_changed_count as bigint) as modifier_changed_count,
  cast(principal_changed_count as bigint) as principal_changed_count,
  cast(
    omitted_count + revised_count + unsupported_count + poa_changed_count + modifier_changed_count
      + case
        when code_class = 'dx' and coalesce(is_pdx_left_out, 0) = 1 then 0
        when code_class <> 'dx' and coalesce(is_procedure_left_out, 0) = 1 then 0
        else principal_changed_count
      end
    as bigint
  ) as error_count
from standing
cross join setting
