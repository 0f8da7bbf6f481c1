-- What patients come with: cases, their DRGs, and the comorbidities that may stand beside them.

create table family as
select
  row_number() over (order by case cc_level when 'MCC' then 1 when 'CC' then 2 else 3 end, file_order)::integer as family_no,
  cc_level,
  audience,
  share::double as share,
  0.78 * acquired::double as acquired,
  string_split(codes, ' ') as codes
from reference.comorbidity;

create table likely_code as
select family_no, place::integer as place, codes[place] as code, cc_level, acquired
from family, lateral unnest(range(1, len(codes) + 1)) as slot (place);

create table drg as
select drg, mdc, relative_weight::double as weight, gmlos::double as gmlos, amlos::double as amlos
from reference.drg;

create table hospital_case as
select
  mix.file_order::integer as case_no,
  case_id,
  class_no::integer as class_no,
  service_no,
  service_line,
  pool,
  theatre,
  string_split(dx, ' ') as dx,
  case when px is null then [] else string_split(px, ' ') end as px,
  mix.share::double as share,
  share_critical_access::double as share_critical_access,
  coalesce(p_mcc, '0')::double as p_mcc,
  coalesce(p_cc, '0')::double as p_cc,
  drg_mcc,
  drg_cc,
  drg_plain,
  comorbidity::double as comorbidity
from reference."case-mix" as mix
join service using (service_line)
join reference."patient-class" using (patient_class)
order by case_no;

-- A thousand lots a class and kind of hospital: drawing a lot draws a case by its share.
create table case_lot as
with share as (
  select class_no, case_no, critical_access, case when critical_access then share_critical_access else share end as share
  from hospital_case, (values (true), (false)) as kind (critical_access)
), bound as (
  select *,
    sum(share) over (partition by class_no, critical_access order by case_no) / sum(share) over (partition by class_no, critical_access) as upto
  from share
)
select class_no, critical_access, lot::integer as lot, case_no
from bound, lateral unnest(range(round(1000 * coalesce(upto - share / (select sum(other.share) from share as other
  where other.class_no = bound.class_no and other.critical_access = bound.critical_access), 0))::bigint, round(1000 * upto)::bigint)) as lots (lot);

create table disposition_lot as
with bound as (
  select patient_class, discharge_disposition,
    sum(share::double) over (partition by patient_class order by file_order) as upto, share::double as share
  from reference.disposition
)
select class_no::integer as class_no, lot::integer as lot, discharge_disposition
from bound join (select class_no, patient_class from reference."patient-class") using (patient_class),
  lateral unnest(range(round(1000 * (upto - bound.share))::bigint, round(1000 * upto)::bigint)) as lots (lot);

-- Chance of each comorbidity beside each case, by severity (0 plain, 1 with CC, 2 with MCC). A severity brings at least
-- one code of its level (`must`), and none above it; a comorbidity that names the case itself stays away.
create table case_severity as
select
  case_no,
  severity,
  case severity when 2 then drg_mcc when 1 then drg_cc else drg_plain end as drg,
  list(case
    when list_has_any(dx, codes) or level > severity then 0.0
    when audience = 'adult' then least(0.95, 1.27 * family.share * comorbidity)
    when audience = pool then family.share
    else 0.0 end order by family_no) as likely,
  list(family_no order by family_no) filter (level = severity and severity > 0 and not list_has_any(dx, codes)
    and audience = case when pool in ('mother', 'newborn') then pool else 'adult' end) as must
from hospital_case, (values (0), (1), (2)) as grade (severity),
  (select *, case cc_level when 'MCC' then 2 when 'CC' then 1 else 0 end as level from family) as family
group by all;
