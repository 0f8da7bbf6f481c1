-- One row per day, facility, patient class, reason and owner: accounts on hold.
--
-- Key       hold_date, facility_id, patient_class, reason, owner
-- Counts    held_count as things stood at the end of the day: read on one day it is accounts on hold, added over days it is
--           days of hold. An account counts once for each reason it is held for. Every group has a row on every day from
--           its first hold to the last day told of
-- Excludes  holds that began and ended within one day; encounters not known; accounts combined or voided, or with bills
--           of no date
-- Ties      holds of one account, reason and owner that overlap count once
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
  select facility_id, patient_class, reason, owner, later_of(start_date, held_until_date) as start_date, end_date
  from queued
),
hold_group as (
  select facility_id, patient_class, reason, owner, min(start_date) as first_date
  from apart
  group by facility_id, patient_class, reason, owner
),
turn as (
  select facility_id, patient_class, reason, owner, start_date as day, 1 as sign
  from apart
  where end_date > start_date
  union all
  select facility_id, patient_class, reason, owner, end_date, -1
  from apart
  where end_date > start_date
  union all
  select facility_id, patient_class, reason, owner, day, 0
  from hold_group
  cross join (select as_of_date from core.extract_as_of where extract = 'billing') as feed
  inner join core.calendar as calendar on day between first_date and as_of_date
),
change as (
  select facility_id, patient_class, reason, owner, day, sum(sign) as change
  from turn
  group by facility_id, patient_class, reason, owner, day
),
stock as (
  select
    *,
    sum(change) over (
      partition by facility_id, patient_class, reason, owner
      order by day
      rows between unbounded preceding and current row
    ) as held_count
  from change
)
select
  day as hold_date,
  facility_id,
  patient_class,
  reason,
  owner,
  cast(held_count as bigint) as held_count
from stock
where day <= (select as_of_date from core.extract_as_of where extract = 'billing')
