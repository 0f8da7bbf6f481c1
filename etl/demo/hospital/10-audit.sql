-- Audits of coding: who was drawn, what the auditor changed, and how the coder took it.

-- Coded by the as-of, by coder and quarter, inpatients apart from the rest: the frame the samples are drawn from.
create table coded as
select stay_id, facility_no, class_no, case_id, coder_no, final_coded_at, first_coded_at, drg, severity,
  date_trunc('quarter', final_coded_at)::date as quarter,
  case class_no when 1 then 'inpatient' else 'outpatient' end as stratum
from stay
where final_coded_at < getvariable('as_of');

create table frame as
select coder_no, quarter, stratum, count(*) as stratum_n, sum(count(*)) over (partition by coder_no, quarter)::bigint as frame_n,
  -- The quarters at either end are cut short by the extract's window.
  date_diff('day', greatest(quarter, getvariable('start')::date), least(quarter + interval 3 months, getvariable('as_of')::timestamp)::date) / 91.0 as part
from coded
group by coder_no, quarter, stratum;

create table audited as
with candidate as (
  -- Three times as many as wanted, so that the ranking below sees few rows however large the hospital.
  select coded.*, stratum_n, frame_n, case stratum when 'inpatient' then 15 else 8 end * part as wanted
  from coded join frame using (coder_no, quarter, stratum)
  where u(stay_id, 'audit') < 45.0 / stratum_n
), ranked as (
  select *, row_number() over (partition by coder_no, quarter, stratum order by u(stay_id, 'audit'), stay_id) as place from candidate
), routine as (
  select *, 'routine_random' as audit_type, 'stratified' as sample_method from ranked where place <= wanted
), learner as (
  -- Six inpatients a quarter more of the new coder, in the first half year.
  select *, 'new_coder', 'systematic' from ranked
  where getvariable('new-coder') and coder_no = 9 and stratum = 'inpatient' and place > wanted and place <= 21 and final_coded_at < timestamp '2026-07-06'
), focused as (
  select coded.*, stratum_n, frame_n, 0, 0, 'focused', 'judgmental'
  from coded join frame using (coder_no, quarter, stratum)
  where case_id in ('sepsis', 'respiratory-failure', 'sepsis-surgery') and u(stay_id, 'focus') < 0.05
), prebill as (
  select coded.*, stratum_n, frame_n, 0, 0, 'prebill', 'judgmental'
  from coded join frame using (coder_no, quarter, stratum)
  where stratum = 'inpatient' and hours_between(first_coded_at, final_coded_at) > 40 and u(stay_id, 'prebill') < 0.06
), drawn as (
  select * from routine union all select * from learner union all select * from focused union all select * from prebill
), opened as (
  select *,
    row_number() over (order by stay_id, audit_type) as audit_no,
    case audit_type when 'prebill' then office(after(first_coded_at, 6)) else office(after(final_coded_at, 24 * (4 + 14 * u(stay_id, 'audit opens')))) end as opened_at
  from drawn
)
select *,
  case audit_type when 'prebill' then least(after(opened_at, 2 + 4 * u(audit_no, 'audit lasts')), final_coded_at)
    else office(after(opened_at, lognormal(audit_no, 'audit lasts', 60, 0.7))) end as closed_at,
  -- Records are not equally hard: errors come in clusters, an exponential load with mean 1.
  -- Taken at even steps within each sample, so that a quarter's figure tells of its coder rather than of luck.
  -ln(1 - (row_number() over sample - 0.5) / count(*) over (partition by coder_no, quarter, stratum, audit_type)) as load,
  1 - skill(coder_no, final_coded_at) + case audit_type when 'focused' then 0.035 when 'prebill' then 0.02 else 0 end as error_rate,
  die(audit_no, 'auditor', greatest(3, round(3 * getvariable('factor'))::integer)) as auditor_no
from opened
where opened_at < getvariable('as_of')
window sample as (partition by coder_no, quarter, stratum, audit_type order by u(stay_id, 'load'), audit_no)
order by audit_no;

create table audited_stay as
select stay.* from stay where stay_id in (select stay_id from audited);

-- One line per code, from the coder's side, with what became of it.
create table audit_line as
with written as (
  select stay_id, 'ICD10CM' as code_set, case seq when 1 then 'pdx' else 'sdx' end as role, seq, code, cc_level, poa, class_no
  from diagnosis('audited_stay')
  union all
  select stay_id, 'ICD10PCS', case seq when 1 then 'pcs_principal' else 'pcs' end, seq, code, null, null, 1 from procedure_code('audited_stay')
  union all
  select stay_id, case when code[1] between 'A' and 'Z' then 'HCPCS' else 'CPT' end, 'cpt', seq, code, null, null, class_no
  from audited_stay join outpatient_code using (class_no)
  where coalesce(outpatient_code.case_id, audited_stay.case_id) = audited_stay.case_id
), lined as (
  -- A little above the coder's rate: procedures are easier (below), and findings overturned on rebuttal do not count.
  select audit_no, written.* exclude (stay_id), error_rate * load * 1.22 as hazard,
    audit_no * 64 + row_number() over (partition by audit_no order by code_set, seq) as line_id
  from audited join written using (stay_id)
), judged as (
  select *,
    case
      when u(line_id, 'error') >= hazard * case when role in ('pdx', 'sdx') then 1 else 0.45 end then 'match'
      when u(line_id, 'kind') < 0.60 or role = 'pdx' then 'revised'
      else 'unsupported' end as verdict
  from lined
), answered as (
  select judged.*,
    case verdict when 'match' then code when 'revised' then coalesce(sibling, case role when 'pdx' then 'R69' else 'R6889' end) end as auditor_code,
    class_no = 1 and role in ('pdx', 'sdx') and verdict = 'match' and poa <> '1' and u(line_id, 'poa error') < hazard * 0.22 as poa_changed
  from judged left join reference.sibling using (code)
), omitted as (
  -- What the auditor adds: as often as the remaining errors of the record allow.
  select audit_no, nth, class_no
  from (select *, unnest(range(case class_no when 1 then 5 else 1 end)) as nth from audited)
  where u(audit_no * 8 + nth, 'omitted') < error_rate * load * case class_no when 1 then 0.9 else 1.1 end
)
select audit_no, code_set, role, seq as coder_seq, code as coder_code, poa as coder_poa,
  case when auditor_code is not null then seq end as auditor_seq, auditor_code,
  case when class_no = 1 and auditor_code is not null then case when poa_changed then case poa when 'Y' then 'N' else 'Y' end else poa end end as auditor_poa,
  case when poa_changed then 'poa_changed' when verdict = 'revised' and role = 'pdx' then 'pdx_changed' else verdict end as error_type,
  cc_level
from answered
union all
select audit_no, 'ICD10CM', 'sdx', null, null, null, 25 + nth, code, case when class_no = 1 then case when exempt then '1' else 'Y' end end, 'omitted', cc_level
from omitted
join (select file_order - 1 as place, code, cc_level, code in (select code from reference."poa-exempt") as exempt from reference.omitted) as pool
  on place = (die(audit_no, 'first omitted', (select count(*) from reference.omitted)::integer) + nth) % (select count(*) from reference.omitted);

-- One row per audit: what its lines add up to, the DRG the auditor arrived at, and how it ended.
create table audit_result as
with counted as (
  select audit_no,
    count(*) filter (error_type not in ('match')) as errors,
    count(*) filter (role in ('pdx', 'sdx') and coder_code is not null) as dx_pre,
    count(*) filter (role in ('pdx', 'sdx') and auditor_code is not null) as dx_post,
    count(*) filter (role in ('pdx', 'sdx') and error_type = 'omitted') as dx_added,
    count(*) filter (role in ('pdx', 'sdx') and error_type in ('revised', 'pdx_changed')) as dx_edited,
    count(*) filter (role in ('pdx', 'sdx') and error_type = 'unsupported') as dx_unassigned,
    count(*) filter (error_type = 'poa_changed') as poa_changes,
    bool_or(error_type = 'pdx_changed') as pdx_changed,
    count(*) filter (code_set = 'ICD10PCS') as px_pre,
    count(*) filter (code_set = 'ICD10PCS' and auditor_code is not null) as px_post,
    count(*) filter (code_set = 'ICD10PCS' and error_type = 'revised') as px_edited,
    count(*) filter (code_set = 'ICD10PCS' and error_type = 'unsupported') as px_unassigned,
    count(*) filter (role = 'cpt') as cpt_pre,
    count(*) filter (role = 'cpt' and auditor_code is not null) as cpt_post,
    count(*) filter (role = 'cpt' and error_type = 'revised') as cpt_edited,
    count(*) filter (role = 'cpt' and error_type = 'unsupported') as cpt_unassigned,
    count(*) filter (cc_level = 'CC' and error_type in ('unsupported', 'revised')) as cc_removed,
    count(*) filter (cc_level = 'MCC' and error_type in ('unsupported', 'revised')) as mcc_removed
  from audit_line
  group by audit_no
), moved as (
  select audited.*, counted.* exclude (audit_no), case_no,
    class_no = 1 and (pdx_changed and u(audit_no, 'drg moves') < 0.6 or cc_removed + mcc_removed > 0 and u(audit_no, 'drg moves') < 0.35) as drg_moves
  from audited join counted using (audit_no) join (select stay_id, case_no from audited_stay) using (stay_id)
), regrouped as (
  select moved.*, drg_before.weight as weight_original,
    case
      when not drg_moves or class_no <> 1 then moved.drg
      when case_severity.drg <> moved.drg then case_severity.drg
      when moved.drg = '690' then '689' else '690' end as drg_revised
  from moved
  left join case_severity on case_severity.case_no = moved.case_no
    and case_severity.severity = case when moved.severity = 0 then 1 when u(audit_no, 'drg up') < 0.3 and moved.severity < 2 then moved.severity + 1 else moved.severity - 1 end
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
    else 'finding_upheld' end as rebuttal_outcome
from ended left join drg as drg_after on drg_after.drg = drg_revised
order by audit_no;
