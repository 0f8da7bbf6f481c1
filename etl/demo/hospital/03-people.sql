-- Facilities, providers and coders. The size of the demo scales beds and people, never habits.

create table facility as
select
  facility_no::integer as facility_no,
  facility_id,
  facility_name,
  facility_type,
  tz,
  greatest(1, round(bed_count::double * getvariable('factor')))::integer as bed_count,
  critical_access::boolean as critical_access,
  greatest(1, round(providers::double * getvariable('factor')))::integer as providers,
  analytic_cases::double * getvariable('factor') as analytic_cases
from reference.facility
order by facility_no;

create table service as
select *
from (values (0, 'pulmonology'), (1, 'medicine'), (2, 'surgery'), (3, 'cardiology'), (4, 'orthopedics'), (5, 'obstetrics'),
  (6, 'newborn'), (7, 'oncology'), (8, 'neurology'), (9, 'emergency')) as service (service_no, service_line);

create macro provider_id(facility_no, service_no, person) as printf('prov-%d%d%03d', facility_no, service_no, person);

create table provider as
select
  provider_id(facility_no, service_no, person) as provider_id,
  service_line as specialty,
  service_line,
  case when person % 4 = 0 then 'advanced_practice' else 'physician' end as provider_type
from facility, service, lateral unnest(range(1, providers + 1)) as roster (person)
order by facility_no, service_no, person;

-- How long a provider takes, as a multiple of the usual. Story late-provider: the first physician of medicine at Lakeview.
create macro provider_pace(facility_no, service_no, person) as case
  when getvariable('late-provider') and facility_no = 2 and service_no = 1 and person = 1 then 5.5
  else lognormal(facility_no * 100000 + service_no * 10000 + person, 'pace', 0.95, 0.3) end;

-- Nine coders at the usual size. coder-04 drifts, coder-09 is new on 5 January 2026.
create macro coder_id(coder_no) as printf('coder-%02d', coder_no);
create macro coders() as greatest(9, round(9 * getvariable('factor')))::integer;
create macro coder_of(stay_id, day) as case
  when die(stay_id, 'coder', coders()) = 9 and getvariable('new-coder') and day < date '2026-01-05'
  then die(stay_id, 'instead of the new coder', 8)
  else die(stay_id, 'coder', coders()) end;

-- Chance that a code is right. Stories: new-coder climbs from 84 to 95 % in six months; drifting-coder slips from 96 to
-- 90 % in a year; code-set-change costs everybody six points on 1 October.
create macro skill(coder_no, day) as
  case
    when coder_no = 9 and getvariable('new-coder')
      then 0.84 + 0.115 * least(1, greatest(0, date_diff('day', date '2026-01-05', day::date)) / 182.0)
    when coder_no = 4 and getvariable('drifting-coder')
      then 0.966 - 0.07 * least(1, greatest(0, date_diff('day', date '2025-07-01', day::date)) / 330.0)
    when coder_no in (4, 9) then 0.96
    else 0.957 + 0.014 * u(coder_no, 'skill') end
  - 0.065 * code_shock(day);
