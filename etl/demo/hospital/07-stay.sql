-- One row per encounter with everything that befell it, whether the extract can know it yet or not.
create table stay as
with cased as (
  select
    slot.*,
    facility.providers,
    coalesce(slot.day, getvariable('as_of')::date) as around,
    case_lot.case_no
  from slot
  join facility using (facility_no)
  join case_lot on case_lot.class_no = slot.class_no and case_lot.critical_access = facility.critical_access
    and case_lot.lot = floor(u(stay_id, 'case') * 1000)
), graded as (
  select
    cased.* exclude (case_no),
    hospital_case.* exclude (class_no, share, share_critical_access, drg_mcc, drg_cc, drg_plain),
    case when u(stay_id, 'severity') < p_mcc then 2 when u(stay_id, 'severity') < p_mcc + p_cc then 1 else 0 end as severity
  from cased join hospital_case using (case_no)
), discharged as (
  select graded.* exclude (pool), patient_pool(stay_id, pool) as pool, case
      when day is null then null
      when pool in ('newborn', 'mother') and discharge_disposition <> '02' then '01'
      else discharge_disposition end as discharge_disposition
  from graded
  join disposition_lot on disposition_lot.class_no = graded.class_no and lot = floor(u(stay_id, 'disposition') * 1000)
), identified as (
  select *, patient_no(stay_id, pool, case_id, discharge_disposition = '20') as patient_no from discharged
), grouped as (
  select identified.* exclude (p_mcc, p_cc, comorbidity), case_severity.drg, drg.mdc, drg.weight, drg.gmlos, drg.amlos
  from identified
  join case_severity using (case_no, severity)
  left join drg using (drg)
), timed as (
  select
    *,
    case when class_no = 1 then least(90, greatest(1, round(lognormal(stay_id, 'stay', gmlos * 1.06, 0.74))))::integer end as nights,
    case class_no
      when 1 then after(day, least(21.5, greatest(7, 14.3 + 2.4 * normal(stay_id, 'leaves'))))
      when 2 then after(day, 24 * u(stay_id, 'leaves') * 0.9999)
      else after(day, 10 + 8 * u(stay_id, 'leaves')) end as discharge_at,
    case class_no
      when 2 then lognormal(stay_id, 'visit', 3.3, 0.5)
      when 3 then least(70, 4 + lognormal(stay_id, 'visit', 23, 0.35))
      when 4 then 2.5 + 5 * u(stay_id, 'visit')
      else 1 + 2.5 * u(stay_id, 'visit') end as visit_hours
  from grouped
), admitted as (
  select
    * exclude (visit_hours),
    case
      -- Whom one finds in house on a given day has, on the whole, stayed long: e^(sigma squared) times the median.
      when day is null then after(getvariable('as_of')::timestamp, -1 - 24 * u(stay_id, 'so far') * nights * exp(0.74 * 0.74))
      when class_no = 1 then after(day - nights, 24 * u(stay_id, 'arrives') * 0.9999)
      else after(discharge_at, -visit_hours) end as admit_at
  from timed
), staffed as (
  select
    *,
    coder_of(stay_id, around) as coder_no,
    die(stay_id, 'attending', providers) as attending_no,
    case
      when class_no <> 1 then 0
      when theatre is not null or len(px) > 0 then least(len(px), 1 + floor(u(stay_id, 'procedures') * (len(px) + 0.3)))
      else 0 end::integer as procedures,
    theatre is not null as has_theatre
  from admitted
), charged as (
  select
    *,
    round(100 * case class_no
      when 1 then lognormal(stay_id, 'charge', 36500, 0.42) * weight ** 0.8 * (nights / gmlos) ** 0.35
        * case when day is null then 0.5 else 1 end
      when 2 then lognormal(stay_id, 'charge', 3300, 0.65)
      when 3 then lognormal(stay_id, 'charge', 14500, 0.4)
      when 4 then lognormal(stay_id, 'charge', 12500, 0.5)
      else lognormal(stay_id, 'charge', 1600, 0.8) end)::bigint as cents,
    case class_no when 1 then 3 + least(nights, 9) when 2 then 2 when 5 then 1 else 3 end::integer as postings,
    u(stay_id, 'late charge') < 0.03 as has_late_charge
  from staffed
), analyzed as (
  -- Charts are analysed for deficiencies about a day after discharge; those of clinic visits not at all.
  select *, case when class_no < 5 then finish(facility_no, discharge_at, lognormal(stay_id, 'analysis', 20, 0.6), 2.0) end as analyzed_at
  from charged
), ready as (
  select *, greatest(after(discharge_at, 1), office(finish(facility_no, discharge_at, case class_no
    when 1 then lognormal(stay_id, 'ready', 24, 0.6) when 5 then 5 else lognormal(stay_id, 'ready', 14, 0.6) end, 3.4))) as ready_at
  from analyzed
), begun as (
  select *,
    lognormal(stay_id, 'minutes', case class_no when 1 then 24 + nights when 2 then 5.2 when 3 then 16 when 4 then 13 else 4 end, 0.35) as minutes,
    greatest(after(ready_at, 0.5), office(finish(facility_no, ready_at, (1 + 0.9 * code_shock(day)) * case class_no
      when 1 then lognormal(stay_id, 'queue', 21, 1.35) when 2 then lognormal(stay_id, 'queue', 16, 0.9)
      else lognormal(stay_id, 'queue', 24, 1.0) end, 2.5))) as first_coded_at
  from ready
), coded as (
  select *,
    case when u(stay_id, 'query') < case class_no when 1 then 0.16 else 0.03 end
      then office(after(first_coded_at, 20 + lognormal(stay_id, 'answer', 80, 0.7))) else first_coded_at end as final_coded_at
  from begun
), billed as (
  select *,
    case class_no when 1 then 4 else 3 end as bill_hold_days,
    case when u(stay_id, 'edit') < 0.07 then ['PAYER_AUTH', 'REGISTRATION', 'CHARGE_REVIEW'][die(stay_id, 'edit kind', 3)] end as edit,
    after(greatest(discharge_at + to_days(bill_hold_days::integer), final_coded_at),
      lognormal(stay_id, 'bill', 7, 0.5) + case when edit is null then 0 else lognormal(stay_id, 'edit lasts', 110, 0.9) end) as billed_at
  from coded
)
select
  stay_id, facility_no, class_no, case_no, case_id, service_no, service_line, pool, patient_no, discharge_disposition, theatre, has_theatre, dx, px, severity,
  drg, mdc, weight, gmlos, amlos, day, around, nights, admit_at, discharge_at, coder_no, attending_no, procedures, cents, postings, has_late_charge,
  analyzed_at, ready_at, minutes, first_coded_at, final_coded_at, bill_hold_days, edit, billed_at
from billed
-- A join keeps no order: whoever joins sorts, and everything else may count on it.
order by stay_id;
