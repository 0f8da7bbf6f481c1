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
