-- One row per deficiency that stayed open beyond its policy.
--
-- Key       deficiency_id
-- Counts    delinquent_date is the first day it counts: the day after delinquent_days whole days have gone by on the
--           policy's clock (a record discharged on the 1st under 30 days is in time on the 31st, delinquent on the day
--           after), or the day it was assigned, if later. It ends with the day of completion: closed_date, null
--           while open
-- Excludes  what is not counted (see core.deficiency); patients still in house; policies that do not count toward
--           delinquency; classes other than inpatient, observation and outpatient surgery; clocks that run from
--           surgery or an order, which a deficiency does not tell
with clocked as (
  select
    deficiency.deficiency_id,
    deficiency.encounter_id,
    deficiency.facility_id,
    deficiency.service_line,
    deficiency.patient_class,
    deficiency.provider_id,
    deficiency.doc_type,
    deficiency.action_type,
    deficiency.discharge_date,
    deficiency.assigned_date,
    deficiency.completed_date as closed_date,
    policy.delinquent_days,
    case policy.clock_start
      when 'discharge' then deficiency.discharge_date
      when 'admit' then deficiency.admit_date
      when 'assigned' then deficiency.assigned_date
      when 'allocated' then coalesce(deficiency.allocated_date, deficiency.assigned_date)
    end as clock_date
  from core.deficiency
  inner join core.deficiency_policy as policy
    on policy.facility_key = coalesce(deficiency.facility_id, '')
    and policy.doc_type = deficiency.doc_type
    and policy.action_type = deficiency.action_type
    and policy.patient_class = deficiency.patient_class
    and policy.discharge_date = deficiency.discharge_date
  where
    deficiency.is_counted
    and deficiency.assigned_date is not null
    and deficiency.patient_class in ('inpatient', 'observation', 'outpatient_surgery')
    and policy.counts_toward_delinquency
),
dated as (
  select
    *,
    later_of(later_of(add_days(clock_date, delinquent_days + 1), discharge_date), assigned_date) as delinquent_date
  from clocked
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
  delinquent_days,
  delinquent_date,
  closed_date
from dated
where closed_date is null or closed_date >= delinquent_date
