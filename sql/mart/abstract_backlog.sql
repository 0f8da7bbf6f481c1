-- One row per month's end or last day told of, facility, site, class of case and age: cases accessioned and not completed.
--
-- Key     stock_date, facility_id, site_code, class_of_case, analytic, case_age
-- Counts  case_count: opened by that day, and not completed by its end; month ends of the last 36 months, and the last day
--         case_age: months from first contact to that day: 0-3 (to three), 3-6 (to six), 6-12, 12+ (longer)
with stock_day as (
  select source_id, day
  from core.registry_as_of
  inner join core.calendar
    on calendar.day between add_months(as_of_date, -36) and as_of_date and (is_month_end or day = as_of_date)
),
aged as (
  select
    day as stock_date,
    facility_id,
    site_code,
    class_of_case,
    analytic,
    case
      when day <= add_months(clock_date, 3) then '0-3'
      when day <= add_months(clock_date, 6) then '3-6'
      when day <= add_months(clock_date, 12) then '6-12'
      else '12+'
    end as case_age
  from core.open_abstract
  inner join stock_day
    on stock_day.source_id = open_abstract.source_id
    and stock_day.day >= opened_date
    and (completed_date is null or stock_day.day < completed_date)
)
select
  stock_date,
  facility_id,
  site_code,
  class_of_case,
  analytic,
  case_age,
  count(*) as case_count
from aged
group by stock_date, facility_id, site_code, class_of_case, analytic, case_age
