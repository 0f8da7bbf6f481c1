-- What the coders wrote, for a set of stays: the name of a table shaped like `stay`.

create table family_size as select family_no, len(codes) as size from family;

-- Diagnoses in the order they are reported, the principal one first. Columns: stay_id, class_no, seq, code,
-- cc_level, poa (of inpatients; 1 is exempt). Pine Creek's interface carries no more than 25 a record.
create macro diagnosis(stays) as table
with chosen as (
  select stay_id, class_no, pick(stay_id, 'principal', dx) as principal,
    list_filter(range(1, len(likely) + 1), lambda f: f = pick(stay_id, 'must', must) or u(stay_id * 128 + f, 'comorbidity') < likely[f] * case when severity = 2 and u(stay_id, 'very sick') < 0.08 then 1.7 else 1 end)[:case facility_no when 4 then 24 else 30 end] as families
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

-- ICD-10-PCS procedures of inpatients. Columns: stay_id, seq, code, proc_at
create macro procedure_code(stays) as table
select stay_id, seq, px[seq] as code, theatre_from(stay_id, admit_at, discharge_at) as proc_at
from (select *, unnest(range(1, procedures + 1))::integer as seq from query_table(stays));

create table outpatient_code as
select class_no::integer as class_no, case_id, cpt.cpt as code, units::double as units, modifiers,
  -- The lines of a case stand behind those of every case of its class.
  (row_number() over (partition by class_no, case_id order by cpt.file_order)
    + case when case_id is null then 0 else count(*) filter (case_id is null) over (partition by class_no) end)::integer as seq
from reference."case-cpt" as cpt join reference."patient-class" using (patient_class);

-- Evaluation and management codes come in five levels, the last digit.
create macro is_level(code) as code in ('99281', '99282', '99283', '99284', '99285', '99202', '99203', '99204', '99205', '99211', '99212', '99213', '99214', '99215');
create macro with_level(stay_id, code) as case code
  when '99283' then pick(stay_id, 'level', ['99281', '99282', '99282', '99283', '99283', '99283', '99283', '99284', '99284', '99285'])
  when '99213' then pick(stay_id, 'level', ['99202', '99203', '99204', '99211', '99212', '99213', '99213', '99213', '99214', '99215'])
  else code end;

-- CPT and HCPCS of outpatients. Columns: stay_id, class_no, code_set, seq, code, modifiers, units
create macro outpatient_line(stays) as table
select stay_id, class_no, case when code[1] between 'A' and 'Z' then 'HCPCS' else 'CPT' end as code_set, seq, with_level(stay_id, code) as code,
  -- 25: the visit stands beside a procedure of the same day.
  case when is_level(code) and u(stay_id, 'modifier 25') < 0.25 then '25' else modifiers end as modifiers, units
from query_table(stays) as here join outpatient_code using (class_no)
where coalesce(outpatient_code.case_id, here.case_id) = here.case_id and (seq = 1 or u(stay_id * 8 + seq, 'charged') < 1.2 - 0.2 * seq);

create view coded_stay as select * from stay where final_coded_at < getvariable('as_of');

-- Codes that ought not to be there, beside those they stand for. Some only ever come first, some never do.
create table lapse as
select kind, code, instead, "from"::date as "from", share::double as share,
  case when kind in ('manifestation', 'unacceptable', 'external_cause') then true end as in_first
from reference.lapse;
