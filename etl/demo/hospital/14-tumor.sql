-- The cancer registry: eleven years of tumors, one row per tumor, patients in the order they were first seen.

create table site as
select file_order::integer as site_no, site, share_female::double as share_female, share_male::double as share_male,
  p_in_situ::double as p_in_situ, p_local::double as p_local, p_regional::double as p_regional, p_distant::double as p_distant,
  paired::boolean as paired, string_split(histologies, ' ') as histologies, string_split(sites, ' ') as sites, schema as schema_id
from reference.site;

create table site_lot as
with share as (
  select sex, site_no, case sex when 'female' then share_female else share_male end as share
  from site, (values ('female'), ('male')) as person (sex)
), bound as (
  select *, sum(share) over (partition by sex order by site_no) as upto, sum(share) over (partition by sex) as whole from share
)
select sex, site_no, lot::integer as lot
from bound, lateral unnest(range(round(1000 * (upto - share) / whole)::bigint, round(1000 * upto / whole)::bigint)) as lots (lot);

create table tumor_facility_lot as
with bound as (
  select facility_no, facility_id, analytic_cases, sum(analytic_cases) over (order by facility_no) as upto, sum(analytic_cases) over () as whole from facility
)
select facility_no, facility_id, lot::integer as lot
from bound, lateral unnest(range(round(1000 * (upto - analytic_cases) / whole)::bigint, round(1000 * upto / whole)::bigint)) as lots (lot);

-- Story registry-backlog: cases first seen from January to August 2025 take a third longer to abstract.
create macro months_to_abstract(tumor_id, contact) as lognormal(tumor_id, 'abstract', 3.7, 0.33) * case
  when getvariable('registry-backlog') and contact >= date '2025-01-01' and contact < date '2025-09-01' then 1.4 else 1 end;

create table tumor as
with patient as (
  select patient_no, patient_no % 2 = 1 as woman,
    getvariable('as_of')::date - (4018 * (1 - (patient_no - 1.0) / getvariable('tumor_patients')))::integer as first_seen,
    born(patient_no, 'cancer') as born
  from (select unnest(range(1, getvariable('tumor_patients')::bigint + 1)) as patient_no)
), numbered as (
  select *, 1 as nth, first_seen as contact from patient
  union all
  select *, 2, first_seen + (200 + 1200 * u(patient_no, 'second tumor at'))::integer from patient where u(patient_no, 'second tumor') < 0.05
), placed as (
  select numbered.*, patient_no * 4 + nth as tumor_id, sex(patient_no, 'cancer') as sex, facility_no, facility_id,
    case when nth = 2 or u(patient_no, 'second tumor') < 0.05 and first_seen + 1400 < getvariable('as_of') then nth else 0 end as sequence
  from numbered join tumor_facility_lot on lot = floor(u(patient_no, 'registry') * 1000)
  where contact < getvariable('as_of')
), sited as (
  select placed.*, site.*, pick(tumor_id, 'histology', histologies) as histology, pick(tumor_id, 'primary site', sites) as primary_site
  from placed
  join site_lot on site_lot.sex = placed.sex and site_lot.lot = floor(u(tumor_id, 'site') * 1000)
  join site using (site_no)
), staged as (
  select *,
    case when site = 'meningioma' then 'benign'
      when u(tumor_id, 'stage') < p_in_situ then 'in situ'
      when u(tumor_id, 'stage') < p_in_situ + p_local then 'local'
      when u(tumor_id, 'stage') < p_in_situ + p_local + p_regional then 'regional'
      when u(tumor_id, 'stage') < p_in_situ + p_local + p_regional + p_distant then 'distant'
      else 'unknown' end as stage,
    pick(tumor_id, 'class', ['14', '14', '14', '14', '13', '12', '11', '10', '10', '22', '21', '20', '00']) as analytic_class,
    u(tumor_id, 'analytic') < 0.92 as analytic
  from sited
), lived as (
  select *,
    contact - (case when analytic_class in ('20', '21', '22') then 20 + 40 * u(tumor_id, 'diagnosed') else 12 * u(tumor_id, 'diagnosed') end)::integer as diagnosed,
    first_seen + (40 + 365.25 * -ln(1 - u(patient_no, 'dies')) / case stage when 'in situ' then 0.012 when 'benign' then 0.015 when 'local' then 0.028
      when 'regional' then 0.085 when 'distant' then 0.40 else 0.14 end)::integer as dies,
    contact + (8 + 40 * u(tumor_id, 'initiated'))::integer as initiated,
    contact + (30.44 * months_to_abstract(tumor_id, contact))::integer as completed
  from staged
)
select *,
  -- The abstract is never done before it is begun; nor does a patient with a second tumor die before it.
  greatest(completed, initiated + 3) as completed_on,
  max(greatest(dies, contact + 30)) over (partition by patient_no) as died,
  least(getvariable('as_of')::date - 1, greatest(max(contact) over (partition by patient_no) + 20,
    getvariable('as_of')::date - (case when u(patient_no, 'lost to follow-up') < 0.08 then 460 + 900 * u(patient_no, 'followed') else 420 * u(patient_no, 'followed') end)::integer)) as followed
from lived
where initiated < getvariable('as_of')
order by patient_no, nth;
