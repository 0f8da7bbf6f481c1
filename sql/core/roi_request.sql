-- One row per request for release of information, with the days it was due on.
--
-- Key     request_id
-- Counts  is_counted: not cancelled, and not denied without the time of the denial
--         done_at, done_date: when it was fulfilled, or denied in writing
--         access_due_date: of patient access alone, 30 calendar days after receipt, 60 where the one extension was
--         noticed; the day itself is in time
--         policy_due_date: the sender's due day, else the days of the setting roi_policy_days for this kind of requestor
--         after receipt; null where there is neither
-- Source  45 CFR 164.524(b)(2): 30 days, one extension of 30; it binds requests for access by the patient only
with policy as (
  select name, cast(value as decimal(18, 4)) as policy_days
  from core.metric_setting
  where name like 'roi_policy_days.%'
)
select
  request_id,
  facility_id,
  requestor_type,
  received_at,
  received_date,
  fulfilled_at as done_at,
  fulfilled_date as done_date,
  extended_flag,
  case
    when requestor_type = 'patient_access'
      then add_days(received_date, case when coalesce(extended_flag, false) then 60 else 30 end)
  end as access_due_date,
  coalesce(due_date, add_days(received_date, policy_days)) as policy_due_date,
  status,
  status <> 'cancelled' and not (status = 'denied' and fulfilled_at is null) as is_counted
from staging.roi_request
left join policy on policy.name = 'roi_policy_days.' || requestor_type
