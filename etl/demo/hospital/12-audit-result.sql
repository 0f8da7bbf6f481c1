-- One row per audit: what its lines add up to, the DRG the auditor arrived at, and how it ended.

create macro line_count(lines) as table
select audit_no,
  count(*) filter (error_type not in ('match')) as errors,
  count(*) filter (role in ('pdx', 'sdx') and coder_code is not null) as dx_pre,
  count(*) filter (role in ('pdx', 'sdx') and auditor_code is not null) as dx_post,
  count(*) filter (role in ('pdx', 'sdx') and error_type = 'omitted') as dx_added,
  count(*) filter (role in ('pdx', 'sdx') and coder_code <> auditor_code) as dx_edited,
  count(*) filter (role in ('pdx', 'sdx') and error_type = 'unsupported') as dx_unassigned,
  count(*) filter (error_type = 'poa_changed') as poa_changes,
  bool_or(error_type = 'pdx_changed') as pdx_changed,
  count(*) filter (code_set = 'ICD10PCS') as px_pre,
  count(*) filter (code_set = 'ICD10PCS' and auditor_code is not null) as px_post,
  count(*) filter (code_set = 'ICD10PCS' and error_type = 'revised') as px_edited,
  count(*) filter (code_set = 'ICD10PCS' and error_type = 'unsupported') as px_unassigned,
  count(*) filter (error_type in ('px_date_changed', 'px_provider_changed')) as px_fields_changed,
  count(*) filter (role = 'cpt') as cpt_pre,
  count(*) filter (role = 'cpt' and auditor_code is not null) as cpt_post,
  count(*) filter (role = 'cpt' and error_type = 'revised') as cpt_edited,
  count(*) filter (role = 'cpt' and error_type = 'unsupported') as cpt_unassigned,
  count(*) filter (cc_level = 'CC' and error_type = 'omitted') as cc_added,
  count(*) filter (cc_level = 'MCC' and error_type = 'omitted') as mcc_added,
  count(*) filter (cc_level = 'CC' and error_type in ('unsupported', 'revised')) as cc_removed,
  count(*) filter (cc_level = 'MCC' and error_type in ('unsupported', 'revised')) as mcc_removed
from query_table(lines)
group by audit_no;

-- The DRG of a case one step of severity away; where the case has but one, that of its neighbour.
create macro next_drg(drg, other) as case when other <> drg then other when drg = '690' then '689' else '690' end;

create table audit_result as
with moved as (
  select audited.*, counted.* exclude (audit_no), case_no,
    case
      when class_no <> 1 then 0
      when pdx_changed and u(audit_no, 'drg moves') < 0.5 then case when u(audit_no, 'drg up') < 0.3 then 1 else -1 end
      when cc_removed + mcc_removed > 0 and u(audit_no, 'drg moves') < 0.28 then -1
      when (cc_added > 0 and severity = 0 or mcc_added > 0 and severity < 2) and u(audit_no, 'drg moves') < 0.3 then 1
      else 0 end as step
  from audited join line_count('audit_line') as counted using (audit_no) join (select stay_id, case_no from audited_stay) using (stay_id)
), regrouped as (
  select moved.*, drg_before.weight as weight_original,
    case when step = 0 then moved.drg else next_drg(moved.drg, case_severity.drg) end as drg_revised
  from moved
  left join case_severity on case_severity.case_no = moved.case_no
    and case_severity.severity = case when moved.severity = 0 then 1 when step = 1 and moved.severity < 2 then moved.severity + 1 else moved.severity - 1 end
  left join drg as drg_before on drg_before.drg = moved.drg
), ended as (
  select *,
    case
      when closed_at >= getvariable('as_of') then 'open'
      when errors > 0 and u(audit_no, 'rebuts') < 0.42 then case when after(closed_at, 24 * 12) >= getvariable('as_of') then 'rebutted' else 'final' end
      when after(closed_at, 24 * 4) >= getvariable('as_of') then 'closed'
      else 'final' end as status,
    errors > 0 and closed_at < getvariable('as_of') and u(audit_no, 'rebuts') < 0.42 as rebutted
  from regrouped
)
select ended.*, drg_after.weight as weight_revised,
  case
    when status in ('open', 'rebutted') then null
    when not rebutted then 'none'
    when u(audit_no, 'rebuttal') < 0.32 then 'finding_overturned'
    when u(audit_no, 'rebuttal') < 0.44 then 'partial'
    else 'finding_upheld' end as rebuttal_outcome,
  null::bigint as second_of
from ended left join drg as drg_after on drg_after.drg = drg_revised
order by audit_no;
