select
  printf('audit-%06d', audit_no) as audit_id,
  row_number() over (partition by audit_no order by code_set, coder_seq nulls last, auditor_seq) as line,
  code_set,
  role,
  dotted_of(code_set, coder_code) as coder_code,
  coder_poa,
  coder_seq,
  dotted_of(code_set, auditor_code) as auditor_code,
  auditor_poa,
  auditor_seq,
  case when coder_code <> auditor_code then 'explicit' end as link_type,
  error_type,
  case when error_type <> 'match' then case
    when error_type = 'omitted' then pick(audit_no * 64 + coalesce(coder_seq, auditor_seq), 'cause', ['missed_documentation', 'query_opportunity_missed', 'late_documentation'])
    when error_type = 'unsupported' then 'unsupported_documentation'
    when error_type in ('poa_changed', 'modifier_added', 'modifier_removed') then 'guideline'
    when error_type in ('px_date_changed', 'px_provider_changed') then 'data_entry'
    when error_type = 'resequenced' then 'sequencing'
    when days_since_code_change(final_coded_at) < 56 and u(audit_no, 'new codes') < 0.6 then 'grouper_version'
    else pick(audit_no * 64 + coder_seq, 'cause', ['specificity', 'specificity', 'guideline', 'sequencing', 'data_entry', 'cac_suggestion_accepted']) end end as root_cause,
  drg <> drg_revised and error_type <> 'match' and (role = 'pdx' or cc_level in ('CC', 'MCC')) as affects_drg,
  null as rationale_id
from audit_line
join (select audit_no, facility_no, final_coded_at, drg, drg_revised, status from audit_result) using (audit_no)
where facility_no <> 3 and status <> 'open'
order by audit_no, line
