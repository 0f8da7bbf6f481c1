-- One row per day, facility, patient class, reason and owner: how far accounts on hold changed on that day.
--
-- The flows that mart.hold_day adds up to stocks. They are sums over accounts, so a night changes the rows of its own
-- accounts alone.
--
-- Key       facility_id, patient_class, reason, owner, day
-- Counts    turn_count: holds that begin or end on that day, those that do both on one day too, so that their group is
--           known from that day on; held_count: what began less what ended; days to come are told too
-- Excludes  as in mart.hold_day
with held as (
  select
    account.account_id,
    account.facility_id,
    account.patient_class,
    reason_code as reason,
    owner,
    start_date,
    coalesce(end_date, date '9999-12-31') as end_date
  from core.billing_hold
  inner join core.encounter using (encounter_id)
  inner join core.account_member using (encounter_id)
  inner join core.account on account.account_id = account_member.account_id
  where start_date is not null and (exclusion is null or exclusion not in ('combined', 'voided', 'undated'))
),
queued as (
  select
    *,
    max(end_date) over (
      partition by account_id, reason, owner
      order by start_date, end_date
      rows between unbounded preceding and 1 preceding
    ) as held_until_date
  from held
),
apart as (
  select
    account_id,
    facility_id,
    patient_class,
    reason,
    owner,
    later_of(start_date, held_until_date) as start_date,
    end_date
  from queued
),
turn as (
  select
    account_id,
    facility_id,
    patient_class,
    reason,
    owner,
    start_date as day,
    case when end_date > start_date then 1 else 0 end as sign
  from apart
  union all
  select account_id, facility_id, patient_class, reason, owner, end_date, -1
  from apart
  where end_date > start_date and end_date < date '9999-12-31'
)
select
  facility_id,
  patient_class,
  reason,
  owner,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(sign) as bigint) as held_count
from turn
group by facility_id, patient_class, reason, owner, day, month_of(day)
