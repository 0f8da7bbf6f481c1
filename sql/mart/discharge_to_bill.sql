-- One row per facility and whole days since discharge, 0 to 364: how many accounts were unbilled, how many went out then.
--
-- The curve that the forecast of DNFB rests on: billed ÷ at risk is the share that goes out on that day, and the product of
-- what is left is the share still unbilled at its end (Kaplan–Meier over whole days).
--
-- Key       facility_key, age_days
-- Counts    accounts discharged in the 365 days up to the last day told of, from their first discharge to their first final
--           bill by calendar days; billed before discharge counts as day 0; those not billed are watched to the last day
--           facility_key is the facility_id; the empty text stands for accounts without one
-- Excludes  accounts with an exclusion (see core.account)
with last_day as (
  select max(day) as last_date
  from core.unbilled_day
),
first_bill as (
  select account_id, final_billed_date
  from core.account_bill
  where is_first
),
watched as (
  select
    coalesce(facility_id, '') as facility_key,
    case
      when final_billed_date <= last_date then day_count(discharge_date, later_of(final_billed_date, discharge_date))
      else day_count(discharge_date, last_date)
    end as age_days,
    case when final_billed_date <= last_date then 1 else 0 end as is_billed
  from core.account
  cross join last_day
  left join first_bill using (account_id)
  where exclusion is null and discharge_date <= last_date and discharge_date > add_days(last_date, -365)
),
facility as (
  select facility_key
  from watched
  group by facility_key
),
ended as (
  select facility_key, age_days, 1 as ended, is_billed
  from watched
  union all
  select facility_key, day_count(day, last_date), 0, 0
  from facility
  cross join last_day
  inner join core.calendar as calendar on day > add_days(last_date, -365) and day <= last_date
),
age as (
  select facility_key, age_days, sum(ended) as ended_count, sum(is_billed) as billed_count
  from ended
  group by facility_key, age_days
)
select
  facility_key,
  age_days,
  cast(sum(ended_count) over (
    partition by facility_key
    order by age_days
    rows between current row and unbounded following
  ) as bigint) as at_risk_count,
  cast(billed_count as bigint) as billed_count
from age
