-- One row per day, facility, class, state, owner, reason and age: how far unbilled accounts of that age changed on that day.
--
-- The flows that mart.unbilled_snapshot adds up to stocks. They are sums over accounts, so a night changes the rows of its
-- own accounts alone: an account grows old on a day that is known beforehand.
--
-- Key       facility_id, patient_class, coding_state, owner, reason, age_bucket, day
-- Counts    turn_count: accounts that come into an age or leave it. The others are what came less what left, in accounts and
--           in cents, and mean what they mean in mart.unbilled_snapshot; days to come are told too
-- Excludes  accounts with an exclusion (see core.account)
with stretch as (
  select
    account_id,
    account.facility_id,
    account.patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    case when is_past_hold then 1 else 0 end as past_hold,
    later_of(start_date, add_days(stretch.discharge_date, from_day)) as start_date,
    earlier_of(end_date, add_days(stretch.discharge_date, to_day + 1)) as end_date,
    coalesce(gross_cents, 0) as cents
  from core.account_stretch as stretch
  inner join core.account using (account_id)
  cross join reference.age_bucket
),
turn as (
  select
    account_id,
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    start_date as day,
    1 as sign,
    past_hold,
    cents
  from stretch
  where end_date is null or end_date > start_date
  union all
  select
    account_id,
    facility_id,
    patient_class,
    coding_state,
    owner,
    reason,
    age_bucket,
    end_date,
    -1,
    -past_hold,
    -cents
  from stretch
  where end_date > start_date
)
select
  facility_id,
  patient_class,
  coding_state,
  owner,
  reason,
  age_bucket,
  day,
  month_of(day) as month,
  count(*) as turn_count,
  cast(sum(sign) as bigint) as account_count,
  cast(sum(cents) as bigint) as gross_cents,
  cast(sum(past_hold) as bigint) as past_hold_count
from turn
group by facility_id, patient_class, coding_state, owner, reason, age_bucket, day, month_of(day)
