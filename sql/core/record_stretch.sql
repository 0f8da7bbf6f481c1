-- One row per encounter and stretch of days in which what it lacks stays the same.
--
-- Key     encounter_id, start_date
-- Counts  half open: end_date is the first day of the next stretch, null in the last one. A day's state is that at its end
--         open_count: deficiencies open on a discharged record whose chart is analysed
--         in_house_count: those open while the patient is in house, whose chart is analysed after discharge
--         late_count: open beyond policy; soon_count: open, and beyond policy within 7 days unless closed
with stretch as (
  select
    encounter_id,
    later_of(counted_date, discharge_date) as start_date,
    closed_date as end_date,
    1 as open_change,
    0 as in_house_change,
    0 as late_change,
    0 as soon_change
  from core.deficiency
  where was_counted and discharge_date is not null and counted_date is not null
  union all
  select encounter_id, assigned_date, earlier_of(closed_date, discharge_date), 0, 1, 0, 0
  from core.deficiency
  where is_standing and not is_orphan and assigned_date is not null
  union all
  select encounter_id, delinquent_date, closed_date, 0, 0, 1, 0
  from core.delinquency
  union all
  select
    encounter_id,
    later_of(add_days(delinquent_date, -7), later_of(counted_date, discharge_date)),
    earlier_of(delinquent_date, closed_date),
    0,
    0,
    0,
    1
  from core.deficiency_due
  where delinquent_date is not null
),
change as (
  select encounter_id, start_date as day, open_change, in_house_change, late_change, soon_change
  from stretch
  where end_date is null or end_date > start_date
  union all
  select encounter_id, end_date, -open_change, -in_house_change, -late_change, -soon_change
  from stretch
  where end_date > start_date
),
change_day as (
  select
    encounter_id,
    day,
    sum(open_change) as open_change,
    sum(in_house_change) as in_house_change,
    sum(late_change) as late_change,
    sum(soon_change) as soon_change
  from change
  group by encounter_id, day
)
select
  encounter_id,
  day as start_date,
  min(day) over (partition by encounter_id order by day rows between 1 following and 1 following) as end_date,
  cast(sum(open_change) over running as bigint) as open_count,
  cast(sum(in_house_change) over running as bigint) as in_house_count,
  cast(sum(late_change) over running as bigint) as late_count,
  cast(sum(soon_change) over running as bigint) as soon_count
from change_day
window running as (partition by encounter_id order by day rows between unbounded preceding and current row)
