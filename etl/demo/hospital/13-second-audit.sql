-- Records audited a second time, by another auditor who did not see the first one's findings: a tenth of the random
-- audits, drawn so that DRG changes are a quarter of them. Were they as rare as usual, no count of agreement would tell.

create table second_audit as
select audit_no as first_no, (select max(audit_no) from audited) + row_number() over (order by audit_no) as audit_no
from audit_result
where audit_type = 'routine_random' and class_no = 1 and status = 'final' and rebuttal_outcome = 'none' or
  audit_type = 'routine_random' and class_no = 1 and status = 'final' and drg <> drg_revised
qualify u(audit_no, 'audited twice') < case when drg <> drg_revised then 0.8 else 0.13 end;

-- Each finding is found again six times in seven; one finding in a while is the second auditor's own.
create table second_line as
with told as (
  select second_audit.audit_no, audit_line.* exclude (audit_no), first_no,
    first_no * 64 + row_number() over (partition by first_no order by code_set, coder_seq nulls last, auditor_seq) as line_id
  from second_audit join audit_line on audit_line.audit_no = first_no
), seen as (
  select told.*,
    case
      -- The finding that moved the DRG, and the two halves of a switch, stand or fall together.
      when error_type in ('pdx_changed', 'resequenced') or error_type <> 'match' and cc_level in ('CC', 'MCC') then u(first_no, 'second finds it') < 0.81
      when error_type <> 'match' then u(line_id, 'second finds it') < 0.85
      else true end as agrees,
    error_type = 'match' and cc_level in ('CC', 'MCC') and drg = drg_revised and u(first_no, 'second finds more') < 0.1
      and 1 = row_number() over (partition by first_no, error_type, cc_level in ('CC', 'MCC') order by coder_seq) as strikes
  from told join (select audit_no as first_no, drg, drg_revised from audit_result) using (first_no)
)
select audit_no, code_set, role, coder_seq, coder_code, coder_poa,
  case when strikes then null when agrees then auditor_seq else coder_seq end as auditor_seq,
  case when strikes then null when agrees then auditor_code else coder_code end as auditor_code,
  case when strikes then null when agrees then auditor_poa else coder_poa end as auditor_poa,
  case when strikes then 'unsupported' when agrees then error_type else 'match' end as error_type,
  cc_level
from seen
where agrees or coder_code is not null;

insert into audit_line from second_line;

insert into audit_result by name
with placed as (
  select second_audit.audit_no, first_no as second_of, first.* exclude (audit_no, second_of)
  from second_audit join audit_result as first on first.audit_no = first_no
), counted as (
  select placed.* replace (
      case when placed.drg <> drg_revised and u(second_of, 'second finds it') >= 0.81 then placed.drg
        when placed.drg = drg_revised and line.cc_removed + line.mcc_removed > placed.cc_removed + placed.mcc_removed
          then next_drg(placed.drg, lower_drg.drg) else drg_revised end as drg_revised,
      1 + auditor_no % greatest(3, round(3 * getvariable('factor'))::integer) as auditor_no,
      office(after(closed_at, 24 + 100 * u(second_of, 'second audit'))) as opened_at,
      line.errors as errors, line.dx_pre as dx_pre, line.dx_post as dx_post, line.dx_added as dx_added, line.dx_edited as dx_edited,
      line.dx_unassigned as dx_unassigned, line.poa_changes as poa_changes, line.pdx_changed as pdx_changed, line.px_pre as px_pre, line.px_post as px_post,
      line.px_edited as px_edited, line.px_unassigned as px_unassigned, line.px_fields_changed as px_fields_changed, line.cc_added as cc_added,
      line.mcc_added as mcc_added, line.cc_removed as cc_removed, line.mcc_removed as mcc_removed,
      'none' as rebuttal_outcome, false as rebutted)
  from placed join line_count('second_line') as line using (audit_no)
  left join case_severity as lower_drg on lower_drg.case_no = placed.case_no and lower_drg.severity = greatest(0, placed.severity - 1)
)
select counted.* replace (office(after(opened_at, lognormal(audit_no, 'audit lasts', 30, 0.5))) as closed_at, drg.weight as weight_revised)
from counted join drg on drg.drg = drg_revised
where office(after(opened_at, lognormal(audit_no, 'audit lasts', 30, 0.5))) < getvariable('as_of')
order by audit_no;

delete from audit_line where audit_no not in (select audit_no from audit_result);
