-- One row per provider and discharged record on the last day told of: what that provider has to sign or write there.
--
-- Key       provider_id, encounter_id
-- Counts    open_count: the provider's open deficiencies there, delinquent_count and soon_count those beyond policy and
--           those that will be within 7 days unless closed; next_date: the first day one of them becomes delinquent
--           suspend_date: the first day one of them makes the provider due for suspension, where the policy says when
--           record_open_count: open deficiencies there, of anybody
--           is_clearing: the provider alone completes the record; clears_count 1 where so and the record is delinquent or
--           about to be: these signatures clear most
--           is_due: a deficiency of the provider is delinquent or about to be; due_count 1 where so
-- Excludes  patients in house; deficiencies that do not count (see core.deficiency)
with last_day as (
  select as_of_date as last_date
  from core.extract_as_of
  where extract = 'deficiency'
),
open_deficiency as (
  select
    last_date,
    deficiency.provider_id,
    deficiency.encounter_id,
    deficiency.facility_id,
    deficiency.service_line,
    deficiency.patient_class,
    deficiency.discharge_date,
    deficiency.assigned_date,
    due.delinquent_date,
    due.suspend_date,
    case when due.delinquent_date <= last_date then 1 else 0 end as is_late,
    case when due.delinquent_date > last_date and due.delinquent_date <= add_days(last_date, 7) then 1 else 0 end
      as is_soon
  from core.deficiency
  cross join last_day
  left join core.deficiency_due as due
    on due.encounter_id = deficiency.encounter_id and due.deficiency_id = deficiency.deficiency_id
  where
    deficiency.was_counted
    and deficiency.discharge_date <= last_date
    and deficiency.counted_date <= last_date
    and (deficiency.closed_date is null or deficiency.closed_date > last_date)
),
record as (
  select encounter_id, count(*) as record_open_count, max(is_late) as is_late, max(is_soon) as is_soon
  from open_deficiency
  group by encounter_id
),
listed as (
  select
    provider_id,
    encounter_id,
    last_date,
    facility_id,
    service_line,
    patient_class,
    discharge_date,
    min(assigned_date) as oldest_assigned_date,
    count(*) as open_count,
    sum(open_deficiency.is_late) as delinquent_count,
    sum(open_deficiency.is_soon) as soon_count,
    min(delinquent_date) as next_date,
    min(suspend_date) as suspend_date,
    max(record_open_count) as record_open_count,
    max(record.is_late) as is_record_late,
    max(record.is_soon) as is_record_soon
  from open_deficiency
  inner join record using (encounter_id)
  group by provider_id, encounter_id, last_date, facility_id, service_line, patient_class, discharge_date
)
select
  provider_id,
  encounter_id,
  last_date as stock_date,
  facility_id,
  service_line,
  patient_class,
  discharge_date,
  oldest_assigned_date,
  open_count,
  cast(delinquent_count as bigint) as delinquent_count,
  cast(soon_count as bigint) as soon_count,
  next_date,
  suspend_date,
  record_open_count,
  open_count = record_open_count as is_clearing,
  case when is_record_late = 0 and soon_count > 0 then 1 else 0 end as forecast_count,
  case when delinquent_count > 0 or soon_count > 0 then 1 else 0 end as due_count,
  case when open_count = record_open_count and (is_record_late = 1 or is_record_soon = 1) then 1 else 0 end
    as clears_count
from listed
