-- What the coders wrote, for a set of stays: the name of a table shaped like `stay`.

create table family_size as select family_no, len(codes) as size from family;

-- Diagnoses in the order they are reported, the principal one first. Columns: stay_id, class_no, seq, code,
-- cc_level, poa (of inpatients; 1 is exempt)
create macro diagnosis(stays) as table
with chosen as (
  select stay_id, class_no, pick(stay_id, 'principal', dx) as principal,
    list_filter(range(1, len(likely) + 1), lambda f: f = pick(stay_id, 'must', must) or u(stay_id * 128 + f, 'comorbidity') < likely[f])[:24] as families
  from query_table(stays) join case_severity using (case_no, severity)
), listed as (
  select stay_id, class_no, principal, unnest([0] || families)::integer as family_no, generate_subscripts([0] || families, 1)::integer as seq
  from chosen
), coded as (
  select stay_id, class_no, seq, coalesce(likely_code.code, principal) as code, coalesce(cc_level, 'N') as cc_level, coalesce(acquired, 0) as acquired
  from listed
  left join family_size using (family_no)
  left join likely_code on likely_code.family_no = listed.family_no and place = die(stay_id * 128 + listed.family_no, 'which code', size)
)
select stay_id, class_no, seq, coded.code, cc_level,
  case
    when class_no <> 1 then null
    when poa_exempt.code is not null then '1'
    when u(stay_id * 32 + seq, 'poa') < acquired then 'N'
    when u(stay_id * 32 + seq, 'poa') > 0.996 then 'U'
    else 'Y' end as poa
from coded left join reference."poa-exempt" as poa_exempt using (code);

-- When surgery begins: on the first days of a stay, well before its end.
create macro theatre_from(stay_id, admit_at, discharge_at) as
  after(admit_at, least(40, hours_between(admit_at, coalesce(discharge_at, getvariable('as_of')::timestamp)) * 0.6) * (0.1 + 0.9 * u(stay_id, 'surgery at')));

-- ICD-10-PCS procedures of inpatients. Columns: stay_id, seq, code, proc_at
create macro procedure_code(stays) as table
select stay_id, seq, px[seq] as code, theatre_from(stay_id, admit_at, discharge_at) as proc_at
from (select *, unnest(range(1, procedures + 1))::integer as seq from query_table(stays));

create table outpatient_code as
select class_no::integer as class_no, case_id, cpt.cpt as code, units::double as units, modifiers,
  row_number() over (partition by class_no, case_id order by cpt.file_order)::integer as seq
from reference."case-cpt" as cpt join reference."patient-class" using (patient_class);

create view coded_stay as select * from stay where final_coded_at < getvariable('as_of');
