-- One row per deficiency of a discharged record, and the day it becomes delinquent unless it is closed before.
--
-- Key       deficiency_id
-- Apart     encounter_id
-- Counts    delinquent_date is the first day it counts: the day after delinquent_days whole days have gone by on the
--           policy's clock (a record discharged on the 1st under 30 days is in time on the 31st, delinquent on the day
--           after), or the day it was assigned and its chart analysed, if later
--           Where the policy says that holds stop the clock, each day of a hold of its provider between the clock's start
--           and that day puts it off by a day, and the days it is put off take in further holds: a hold that begins
--           on the day itself comes too late. Null while such a hold has no end
--           suspend_date the same after suspend_days, on the same clock; null where the policy names none
-- Excludes  what never counted (see core.deficiency); patients still in house; policies that do not count toward
--           delinquency; classes other than inpatient, observation and outpatient surgery; deficiencies on a clock that
--           runs from surgery where no surgical case is told
with clocked as (
  select
    deficiency.*,
    policy.delinquent_days,
    policy.suspend_days,
    policy.holds_stop_clock,
    case policy.clock_start
      when 'discharge' then deficiency.discharge_date
      when 'admit' then deficiency.admit_date
      when 'assigned' then deficiency.assigned_date
      when 'allocated' then coalesce(deficiency.allocated_date, deficiency.assigned_date)
      when 'surgery_end' then clock.surgery_end_date
      when 'order' then clock.order_date
    end as clock_date
  from core.deficiency
  inner join core.deficiency_clock as clock
    on clock.encounter_id = deficiency.encounter_id and clock.deficiency_id = deficiency.deficiency_id
  inner join core.deficiency_policy as policy
    on policy.facility_key = coalesce(deficiency.facility_id, '')
    and policy.doc_type = deficiency.doc_type
    and policy.action_type = deficiency.action_type
    and policy.patient_class = deficiency.patient_class
    and policy.start_date <= deficiency.discharge_date
    and (policy.end_date is null or policy.end_date > deficiency.discharge_date)
  where
    deficiency.was_counted
    and deficiency.counted_date is not null
    and deficiency.patient_class in ('inpatient', 'observation', 'outpatient_surgery')
    and policy.counts_toward_delinquency
),
hold as (
  select
    encounter_id,
    deficiency_id,
    clock_date,
    delinquent_days,
    suspend_days,
    later_of(hold.start_date, clock_date) as hold_date,
    hold.end_date,
    coalesce(day_count(later_of(hold.start_date, clock_date), hold.end_date), 0) as hold_days
  from clocked
  inner join core.provider_interval as hold
    on hold.provider_id = clocked.provider_id
    and hold.type = 'hold'
    and (hold.end_date is null or hold.end_date > clock_date)
  where holds_stop_clock
),
hold_in_turn as (
  select
    *,
    coalesce(
      sum(hold_days) over (
        partition by encounter_id, deficiency_id
        order by hold_date, end_date
        rows between unbounded preceding and 1 preceding
      ),
      0
    ) as days_before
  from hold
),
put_off as (
  select
    encounter_id,
    deficiency_id,
    sum(case when hold_date < add_days(clock_date, delinquent_days + 1 + days_before) then hold_days else 0 end)
      as delinquent_off,
    max(case
      when end_date is null and hold_date < add_days(clock_date, delinquent_days + 1 + days_before) then 1
      else 0
    end) as is_delinquent_on_hold,
    sum(case when hold_date < add_days(clock_date, suspend_days + 1 + days_before) then hold_days else 0 end)
      as suspend_off,
    max(case
      when end_date is null and hold_date < add_days(clock_date, suspend_days + 1 + days_before) then 1
      else 0
    end) as is_suspend_on_hold
  from hold_in_turn
  group by encounter_id, deficiency_id
),
dated as (
  select
    clocked.*,
    coalesce(delinquent_off, 0) as hold_days,
    case
      when coalesce(is_delinquent_on_hold, 0) = 0
        then add_days(clock_date, delinquent_days + 1 + coalesce(delinquent_off, 0))
    end as policy_delinquent_date,
    case
      when coalesce(is_suspend_on_hold, 0) = 0 then add_days(clock_date, suspend_days + 1 + coalesce(suspend_off, 0))
    end as policy_suspend_date
  from clocked
  left join put_off
    on put_off.encounter_id = clocked.encounter_id and put_off.deficiency_id = clocked.deficiency_id
  where clock_date is not null
)
select
  deficiency_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  discharge_date,
  assigned_date,
  counted_date,
  is_counted,
  clock_date,
  delinquent_days,
  cast(hold_days as bigint) as hold_days,
  case
    when policy_delinquent_date is not null
      then later_of(later_of(policy_delinquent_date, discharge_date), counted_date)
  end as delinquent_date,
  case
    when policy_suspend_date is not null then later_of(later_of(policy_suspend_date, discharge_date), counted_date)
  end as suspend_date,
  closed_date
from dated
