-- One line per code of an audit, from the coder's side, with what became of it.

create view sibling_code as
select 'ICD10CM' as code_set, code, sibling from reference.sibling
union all
select code_set, code, sibling from reference."sibling-procedure";

-- The level the auditor arrives at: one lower three times in five, else one higher; the ends have nowhere to go but in.
create macro other_level(line_id, code) as code[:4] || case
  when code[5]::integer >= 5 then 4
  when code[5]::integer <= case when code[:4] = '9920' then 2 else 1 end then code[5]::integer + 1
  when u(line_id, 'level') < 0.6 then code[5]::integer - 1
  else code[5]::integer + 1 end;

create table audit_line as
with written as (
  select stay_id, 'ICD10CM' as code_set, case seq when 1 then 'pdx' else 'sdx' end as role, seq, code, cc_level, poa, class_no
  from diagnosis('audited_stay')
  union all
  select stay_id, 'ICD10PCS', case seq when 1 then 'pcs_principal' else 'pcs' end, seq, code, null, null, 1 from procedure_code('audited_stay')
  union all
  select stay_id, code_set, 'cpt', seq, code, null, null, class_no from outpatient_line('audited_stay')
), lined as (
  -- A little above the coder's rate: procedures are easier (below), and findings overturned on rebuttal do not count.
  select audit_no, written.* exclude (stay_id), error_rate * load * 1.22 as hazard,
    audit_no * 64 + row_number() over (partition by audit_no order by code_set, seq) as line_id
  from audited join written using (stay_id)
), own as (
  select audit_no, list(code) as codes, list(code[:3]) as categories from lined group by audit_no
), offered as (
  -- A code is revised to a sibling only where the coder has not written that one too, and never two to the same.
  select lined.*, case
      when code_set = 'CPT' and is_level(code) then other_level(line_id, code)
      when not list_contains(codes, sibling) then sibling
      when role = 'pdx' then 'R69' end as instead
  from lined join own using (audit_no) left join sibling_code using (code_set, code)
), judged as (
  select *,
    case
      when u(line_id, 'error') >= hazard * case when role in ('pdx', 'sdx') then 1 when is_level(code) then 1.3 else 0.45 end then 'match'
      when role = 'pdx' and u(line_id, 'switch') < 0.35 then 'switched'
      when role = 'pdx' or is_level(code) then 'revised'
      when u(line_id, 'kind') < 0.60 and instead is not null then 'revised'
      else 'unsupported' end as verdict
  from offered
), settled as (
  select * replace (case
      -- The auditor makes the second diagnosis the first, if that one stands.
      when verdict = 'switched' and not bool_or(role = 'sdx' and seq = 2 and verdict = 'match') over record then 'revised'
      when verdict = 'match' and role = 'sdx' and seq = 2 and bool_or(verdict = 'switched') over record then 'promoted'
      when verdict = 'revised' and role <> 'pdx' and row_number() over (partition by audit_no, verdict, instead order by line_id) > 1 then 'unsupported'
      else verdict end as verdict)
  from judged
  window record as (partition by audit_no)
), answered as (
  select *,
    case verdict when 'revised' then coalesce(instead, 'R69') when 'unsupported' then null else code end as auditor_code,
    class_no = 1 and role in ('pdx', 'sdx') and verdict = 'match' and poa <> '1' and u(line_id, 'poa error') < hazard * 0.22 as poa_changed,
    case when verdict <> 'match' then null
      when code_set = 'CPT' and u(line_id, 'modifier') < hazard * 0.30 then case when u(line_id, 'which modifier') < 0.6 then 'modifier_added' else 'modifier_removed' end
      when code_set = 'ICD10PCS' and u(line_id, 'abstract') < hazard * 0.12 then case when u(line_id, 'which field') < 0.5 then 'px_date_changed' else 'px_provider_changed' end end as detail
  from settled
), omitted as (
  -- What the auditor adds: as often as the remaining errors of the record allow.
  select audit_no, nth, class_no
  from (select *, unnest(range(case class_no when 1 then 5 else 1 end)) as nth from audited)
  where u(audit_no * 8 + nth, 'omitted') < error_rate * load * case class_no when 1 then 0.9 else 1.1 end
)
select audit_no, code_set, role, seq as coder_seq, code as coder_code, poa as coder_poa,
  case verdict when 'switched' then 2 when 'promoted' then 1 when 'unsupported' then null else seq end as auditor_seq, auditor_code,
  case when class_no = 1 and auditor_code is not null then case when poa_changed then case poa when 'Y' then 'N' else 'Y' end else poa end end as auditor_poa,
  case when poa_changed then 'poa_changed' when detail is not null then detail when verdict = 'promoted' then 'resequenced'
    when verdict = 'switched' or verdict = 'revised' and role = 'pdx' then 'pdx_changed' else verdict end as error_type,
  cc_level
from answered
union all
-- A code the coder has, or one of its category, is not what he left out.
select audit_no, 'ICD10CM', 'sdx', null, null, null, 40 + nth, code, case when class_no = 1 then case when exempt then '1' else 'Y' end end, 'omitted', cc_level
from omitted
join own using (audit_no)
join (select file_order - 1 as place, code, cc_level, code in (select code from reference."poa-exempt") as exempt from reference.omitted) as pool
  on place = (die(audit_no, 'first omitted', (select count(*) from reference.omitted)::integer) + nth) % (select count(*) from reference.omitted)
where not list_contains(categories, code[:3]) and (cc_level = 'N' or class_no = 1);
