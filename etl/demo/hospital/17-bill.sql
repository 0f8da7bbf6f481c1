-- Bills: one of every encounter, another for charges posted after it, another in place of one taken back. And accounts
-- that several visits share.

-- Codes changed after the bill.
create macro recoded_at(stay_id, billed_at) as case when u(stay_id, 'recoded') < 0.02 then office(after(billed_at, lognormal(stay_id, 'recoded after', 200, 0.6))) end;
-- A visit whose charges went to the account of the stay it led to.
create macro is_combined(stay_id, class_no) as class_no in (2, 3) and u(stay_id, 'combined') < 0.0012;

create table bill as
with foreseen as (
  select *,
    has_late_charge and postings > 1 as is_late,
    case when u(stay_id, 'taken back') < 0.18 then after(recoded_at(stay_id, billed_at), 24) end as taken_back_at
  from stay
), numbered as (
  select *, unnest([1, 2, 3]) as bill_no from foreseen
), dated as (
  select * exclude (taken_back_at),
    case when taken_back_at < getvariable('as_of') then taken_back_at end as taken_back_at,
    case bill_no when 1 then billed_at when 2 then after(billed_at, 24 * (7 + 20 * u(stay_id, 'late bill'))) else taken_back_at end as final_at
  from numbered
)
select stay_id, facility_no, class_no, case_id, pool, patient_no, admit_at, discharge_at, drg, severity, case_no, bill_hold_days, final_at,
  case when bill_no = 3 and not is_late then 2 else bill_no end::integer as bill_no,
  case bill_no when 2 then late_cents(cents, postings) else cents - case when is_late then late_cents(cents, postings) else 0 end end as bill_cents,
  after(final_at, 5 + 30 * u(stay_id * 4 + bill_no, 'submitted')) as submitted_at,
  is_combined(stay_id, class_no) as combined,
  bill_no = 1 and taken_back_at is not null as voided
from dated
where bill_no = 1 or not is_combined(stay_id, class_no)
  and (bill_no = 2 and is_late and final_at < getvariable('as_of') or bill_no = 3 and taken_back_at is not null)
order by stay_id, bill_no;

-- Courses of infusions within a month are billed as one account.
create table shared_account as
select stay_id, min(stay_id) over course as first_stay_id
from stay
where case_id in ('clinic-chemotherapy', 'clinic-infusion') and day is not null
window course as (partition by patient_no, facility_no, case_id, date_trunc('month', day))
qualify count(*) over course > 1;
