-- One row per day, facility, service and patient class: incomplete and delinquent records, and those about to be.
--
-- Key       stock_date, facility_id, service_line, patient_class
-- Kind      period stock_month
-- Follows   mart.record_flow day onward
--           core.extract_as_of as_of_date onward
-- Counts    records, each once, as things stood at the end of the day: stocks, to be read on one day and not added over
--           days. Every group has a row on every day from its first record to the last day told of, be it 0
--           incomplete_count: discharged, with an open deficiency; in_house_count: in house, with an open deficiency
--           delinquent_count: with a deficiency open beyond policy
--           soon_count: not delinquent, and within 7 days unless a deficiency is closed; holds as they are told, those
--           to come included
--           stock_month: first day of its month
-- Excludes  cancelled (from then on), entered in error; discharged records whose chart awaits analysis, until it is
--           analysed; of delinquency see core.deficiency_due
with calendar as (
  select day, month
  from core.calendar
  inner join core.extract_as_of on day <= as_of_date
  where extract = 'deficiency'
),
later_month as (
  select month
  from calendar
  group by month
),
month_flow as (
  select
    facility_id,
    service_line,
    patient_class,
    month,
    sum(incomplete_count) as incomplete_count,
    sum(in_house_count) as in_house_count,
    sum(delinquent_count) as delinquent_count,
    sum(soon_count) as soon_count
  from mart.record_flow
  group by facility_id, service_line, patient_class, month
),
turn as (
  select
    facility_id,
    service_line,
    patient_class,
    month,
    day,
    incomplete_count,
    in_house_count,
    delinquent_count,
    soon_count
  from mart.record_flow
  union all
  select
    facility_id,
    service_line,
    patient_class,
    later_month.month,
    later_month.month,
    incomplete_count,
    in_house_count,
    delinquent_count,
    soon_count
  from month_flow
  inner join later_month on later_month.month > month_flow.month
),
change as (
  select
    facility_id,
    service_line,
    patient_class,
    month,
    day,
    sum(incomplete_count) as incomplete_count,
    sum(in_house_count) as in_house_count,
    sum(delinquent_count) as delinquent_count,
    sum(soon_count) as soon_count
  from turn
  group by facility_id, service_line, patient_class, month, day
),
stock as (
  select
    facility_id,
    service_line,
    patient_class,
    month,
    day,
    min(day) over (
      partition by facility_id, service_line, patient_class, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(incomplete_count) over so_far as incomplete_count,
    sum(in_house_count) over so_far as in_house_count,
    sum(delinquent_count) over so_far as delinquent_count,
    sum(soon_count) over so_far as soon_count
  from change
  window
    so_far as (
      partition by facility_id, service_line, patient_class, month
      order by day
      rows between unbounded preceding and current row
    )
)
select
  calendar.day as stock_date,
  stock.month as stock_month,
  facility_id,
  service_line,
  patient_class,
  cast(incomplete_count as bigint) as incomplete_count,
  cast(in_house_count as bigint) as in_house_count,
  cast(delinquent_count as bigint) as delinquent_count,
  cast(soon_count as bigint) as soon_count
from stock
inner join calendar
  on calendar.month = stock.month and calendar.day >= stock.day and calendar.day < coalesce(next_day, date '9999-12-31')
