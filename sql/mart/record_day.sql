-- One row per day, facility, service and patient class: incomplete and delinquent records, and those about to be.
--
-- Key       stock_date, facility_id, service_line, patient_class
-- Counts    records, each once, as things stood at the end of the day: stocks, to be read on one day and not added over
--           days. Every group has a row on every day from its first record to the last day told of, be it 0
--           incomplete_count: discharged, with an open deficiency; in_house_count: in house, with an open deficiency
--           delinquent_count: with a deficiency open beyond policy
--           soon_count: not delinquent, and within 7 days unless a deficiency is closed; holds as they are told, those
--           to come included
-- Excludes  cancelled (from then on), entered in error; discharged records whose chart awaits analysis, until it is
--           analysed; of delinquency see core.deficiency_due
with last_day as (
  select as_of_date as last_date
  from core.extract_as_of
  where extract = 'deficiency'
),
state as (
  select
    facility_id,
    service_line,
    patient_class,
    start_date,
    end_date,
    case when open_count > 0 then 1 else 0 end as incomplete,
    case when in_house_count > 0 then 1 else 0 end as in_house,
    case when late_count > 0 then 1 else 0 end as delinquent,
    case when soon_count > 0 and late_count = 0 then 1 else 0 end as soon
  from core.record_stretch
  inner join core.encounter using (encounter_id)
),
change as (
  select facility_id, service_line, patient_class, start_date as day, incomplete, in_house, delinquent, soon
  from state
  union all
  select facility_id, service_line, patient_class, end_date, -incomplete, -in_house, -delinquent, -soon
  from state
  where end_date is not null
),
stock_group as (
  select facility_id, service_line, patient_class, min(day) as first_date
  from change
  group by facility_id, service_line, patient_class
),
group_day as (
  select
    facility_id,
    service_line,
    patient_class,
    calendar.day,
    0 as incomplete,
    0 as in_house,
    0 as delinquent,
    0 as soon
  from stock_group
  cross join last_day
  inner join core.calendar as calendar on calendar.day between stock_group.first_date and last_day.last_date
  union all
  select facility_id, service_line, patient_class, day, incomplete, in_house, delinquent, soon
  from change
  cross join last_day
  where day <= last_date
),
net_change as (
  select
    facility_id,
    service_line,
    patient_class,
    day,
    sum(incomplete) as incomplete,
    sum(in_house) as in_house,
    sum(delinquent) as delinquent,
    sum(soon) as soon
  from group_day
  group by facility_id, service_line, patient_class, day
)
select
  day as stock_date,
  facility_id,
  service_line,
  patient_class,
  cast(sum(incomplete) over so_far as bigint) as incomplete_count,
  cast(sum(in_house) over so_far as bigint) as in_house_count,
  cast(sum(delinquent) over so_far as bigint) as delinquent_count,
  cast(sum(soon) over so_far as bigint) as soon_count
from net_change
window so_far as (
  partition by facility_id, service_line, patient_class
  order by day
  rows between unbounded preceding and current row
)
