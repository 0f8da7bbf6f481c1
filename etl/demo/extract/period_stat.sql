-- A facility's own totals by month, then the hours of its coders by class of patient.
with discharged as (
  select facility_no, date_trunc('month', day)::date as month, count(*) filter (class_no = 1 and service_line <> 'newborn') as discharges_ip, count(*) as discharges_all,
    sum(cents)::bigint as cents
  from stay
  where day is not null
  group by all
), admitted as (
  select facility_no, date_trunc('month', admit_at)::date as month, count(*) filter (class_no = 1) as admissions
  from stay
  group by all
), remitted as (
  -- Known of months whose last remittance is four weeks old.
  select facility_no, date_trunc('month', remitted_at)::date as month, count(*) as remits, count(*) filter (part = 1) as unpaid
  from (select facility_no, remitted_at, claim_no from claim where u(claim_no, 'primary') < 0.94)
  left join (select claim_no, part from denial where level_no = 1) using (claim_no)
  where last_day(remitted_at) + 29 <= getvariable('as_of')
  group by all
), worked as (
  select facility_no, date_trunc('month', first_coded_at)::date as month, coder_no, class_no, sum(round(minutes)::bigint) as minutes
  from stay
  where first_coded_at < getvariable('as_of')
  group by all
)
select facility_id, month, null as coder_id, null as patient_class, discharges_ip, discharges_all, dollars(cents) as gross_patient_revenue, admissions, null::double as coder_productive_hours,
  dollars(round(cents * (0.30 + 0.02 * u(facility_no * 100000 + date_diff('month', date '2000-01-01', month), 'net')))::bigint) as net_patient_revenue,
  remits as primary_remits, unpaid as primary_remits_zero_paid
from discharged join admitted using (facility_no, month) left join remitted using (facility_no, month) join facility using (facility_no)
union all
select facility_id, month, coder_id(coder_no), class_name(class_no), null, null, null, null, round(minutes / 60.0, 1), null, null, null
from worked join facility using (facility_no)
order by facility_id, month, coder_id nulls first, patient_class
