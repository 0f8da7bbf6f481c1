-- How many patients of each class each facility sees go home on each day, and the numbers they will bear.

create table cell as
with total as (
  -- Patients still in house at the end take their number from the inpatients'.
  select
    facility_no::integer as facility_no,
    class_no::integer as class_no,
    share::double * case patient_class when 'inpatient' then inpatient when 'ed' then ed when 'observation' then observation
      when 'outpatient_surgery' then outpatient_surgery else outpatient end::double as share
  from reference.facility, reference."patient-class"
), whole as (
  select facility_no, class_no,
    round(getvariable('discharged') * sum(share) over running) - round(getvariable('discharged') * (sum(share) over running - share)) as total
  from total
  window running as (order by class_no, facility_no)
), expected as (
  select facility_no, class_no, day::date as day, total,
    (1 + winter::double * cos(2 * pi() * (dayofyear(day) - 15) / 365.0)) * weekday_factor(class, day)
      * (1 + 0.00005 * date_diff('day', getvariable('start')::date, day::date)) as weight
  from whole
  join (select * replace (class_no::integer as class_no, monday::double as monday, tuesday::double as tuesday,
    wednesday::double as wednesday, thursday::double as thursday, friday::double as friday, saturday::double as saturday,
    sunday::double as sunday) from reference."patient-class") as class using (class_no),
    lateral unnest(generate_series(getvariable('start')::timestamp, getvariable('as_of')::timestamp - to_days(1), to_days(1))) as days (day)
), scaled as (
  select *, total * weight / sum(weight) over (partition by facility_no, class_no) as mean from expected
), noisy as (
  -- As Poisson counts vary: the deviation is the root of the mean.
  select *, greatest(0, mean + sqrt(mean) * normal(facility_no * 1000000 + class_no * 100000 + date_diff('day', date '2000-01-01', day), 'volume')) as drawn
  from scaled
), rounded as (
  select facility_no, class_no, day,
    round(total * sum(drawn) over (partition by facility_no, class_no order by day) / sum(drawn) over (partition by facility_no, class_no))::bigint as upto
  from noisy
), counted as (
  select facility_no, class_no, day, upto - lag(upto, 1, 0) over (partition by facility_no, class_no order by day) as patients
  from rounded
)
select facility_no, class_no, day, patients,
  (sum(patients) over (order by day, facility_no, class_no) - patients)::bigint as first_no
from counted
order by day, facility_no, class_no;

create table slot as
select first_no + unnest(range(1, patients + 1)) as stay_id, facility_no, class_no, day
from cell
union all
-- In house: no day of discharge yet.
select getvariable('discharged') + nth + 1,
  case when u(nth, 'in house at') < 0.555 then 1 when u(nth, 'in house at') < 0.8325 then 2 when u(nth, 'in house at') < 0.8875 then 3 else 4 end,
  1, null
from (select unnest(range(getvariable('encounters')::bigint - getvariable('discharged')::bigint)) as nth);
