-- One row per stretch of days in which a discharged record stood without final codes, ready for a coder or not.
--
-- Key     encounter_id, start_date
-- Counts  as things stood at the end of each day; end_date is the first day that no longer counts, null while it lasts
--         available    a coder could work on it: made ready, in progress, or reopened
--         unavailable  discharged and not ready yet, or on hold
--         final_coded and recoded close it, reopened opens it again
-- Excludes  facilities of which no coding events arrive; patients still in house
-- Ties    events of one moment in the sender's order, then coded last
with coding_state as (
  select
    encounter_id,
    event_at,
    event_date,
    event_no,
    case
      when event in ('coding_ready', 'in_progress', 'reopened') then 'available'
      when event in ('on_hold', 'not_started') then 'unavailable'
      else 'coded'
    end as state
  from core.coding_event
  where event in ('coding_ready', 'in_progress', 'reopened', 'on_hold', 'not_started', 'final_coded', 'recoded')
    and event_at is not null
),
discharged as (
  select encounter_id, facility_id, service_line, patient_class, discharge_date
  from core.encounter
  inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
  where discharge_date is not null and feed.has_coding
),
state_from as (
  select
    encounter_id,
    cast(null as timestamp) as event_at,
    discharge_date as event_date,
    cast(0 as bigint) as event_no,
    'unavailable' as state
  from discharged
  union all
  select encounter_id, event_at, event_date, event_no, state
  from coding_state
),
state_until as (
  select
    encounter_id,
    state,
    event_date,
    max(event_date) over (
      partition by encounter_id
      order by event_at nulls first, event_no, case state when 'unavailable' then 0 when 'available' then 1 else 2 end
      rows between 1 following and 1 following
    ) as next_date
  from state_from
),
stretch as (
  select
    encounter_id,
    facility_id,
    service_line,
    patient_class,
    state,
    later_of(event_date, discharge_date) as start_date,
    case when next_date is not null then later_of(next_date, discharge_date) end as end_date
  from state_until
  inner join discharged using (encounter_id)
)
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  state as availability,
  start_date,
  end_date
from stretch
where state <> 'coded' and (end_date is null or end_date > start_date)
