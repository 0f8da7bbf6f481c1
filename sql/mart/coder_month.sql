-- One row per facility, coder, patient class and month of productive hours: the records finalised in them.
--
-- Key       facility_id, coder_id, patient_class, month_end_date
-- Counts    record_count: records first final coded by the coder in the month, of that class (of every class where hours
--           are not split by class); work_units: the same, each record as many units as its class has
--           unit_hours: the hours again where every class in them has units, else null, as are the units
--           month_end_date: a month's hours are told when it is over
-- Excludes  months in which the coder has hours and no coding event, or events and no hours; records of a class of which
--           the coder has no hours that month; hours not split beside hours that are; hours not above zero, or above 24
--           a day over all of the coder's work
-- Ties      of final codings at one moment that of the first coder in order of id
with clock as (
  select coder_id, month
  from core.period_stat
  where coder_id is not null
  group by coder_id, month
  having sum(coder_productive_hours) <= 24 * (1 + day_count(month, month_end_of(month)))
),
hours_told as (
  select
    facility_id,
    coder_id,
    month,
    patient_class,
    coder_productive_hours as hours,
    max(case when patient_class is null then 0 else 1 end) over (partition by facility_id, coder_id, month) as is_split
  from core.period_stat
  inner join clock using (coder_id, month)
  where coder_productive_hours > 0
),
work as (
  select
    hours_told.facility_id,
    hours_told.coder_id,
    hours_told.month,
    hours_told.patient_class,
    min(hours_told.hours) as hours,
    coalesce(sum(finalised.record_count), 0) as record_count,
    sum(finalised.record_count * work_unit.units) as work_units,
    max(case
      when coalesce(finalised.patient_class, hours_told.patient_class) is not null and work_unit.units is null then 1
      else 0
    end) as is_unit_missing
  from hours_told
  inner join core.coding_month as coding_month
    on coding_month.coder_id = hours_told.coder_id and coding_month.month = hours_told.month
  left join core.finalised_month as finalised
    on finalised.facility_id = hours_told.facility_id
    and finalised.coder_id = hours_told.coder_id
    and finalised.month = hours_told.month
    and (hours_told.patient_class is null or finalised.patient_class = hours_told.patient_class)
  left join core.work_unit as work_unit
    on work_unit.patient_class = coalesce(finalised.patient_class, hours_told.patient_class)
  where hours_told.patient_class is not null or is_split = 0
  group by hours_told.facility_id, hours_told.coder_id, hours_told.month, hours_told.patient_class
)
select
  work.facility_id,
  work.coder_id,
  work.patient_class,
  month_end_of(work.month) as month_end_date,
  cast(work.record_count as bigint) as record_count,
  work.hours,
  case when is_unit_missing = 0 and unit_count > 0 then coalesce(work_units, 0) end as work_units,
  case when is_unit_missing = 0 and unit_count > 0 then hours end as unit_hours
from work
cross join (select count(*) as unit_count from core.work_unit) as configured
