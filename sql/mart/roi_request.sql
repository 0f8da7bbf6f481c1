-- One row per request for release of information: was it in time, by law and by policy, and how long did it take?
--
-- Key       request_id
-- Counts    access_count: a request of a patient for access that is done, or past its due day; access_in_time_count: of
--           those, done by the due day; access_known_at: from when
--           policy_count, policy_in_time_count, policy_known_at: the same by the policy's due day, of every requestor
--           extension_count: patient access, done or 30 days gone by, that tells of its extension; extended_count: of
--           those, extended; extension_known_at: from when
--           turnaround_days from receipt to the end, decimal; turnaround_total_days the same to the hundred-millionth of
--           a day, so that sums are exact
--           what is done on the due day is in time; a request is past due from the day after
-- Excludes  requests cancelled, or denied without a time
with clocked as (
  select
    roi_request.*,
    feed.as_of_date,
    case when requestor_type = 'patient_access' then add_days(received_date, 30) end as notice_date
  from core.roi_request
  cross join (select as_of_date from core.extract_as_of where extract = 'roi_request') as feed
  where is_counted
)
select
  request_id,
  facility_id,
  requestor_type,
  received_date,
  done_date,
  case when access_due_date is not null and (done_date is not null or access_due_date < as_of_date) then 1 else 0 end
    as access_count,
  case when done_date <= access_due_date then 1 else 0 end as access_in_time_count,
  earlier_of(done_at, start_of(add_days(access_due_date, 1))) as access_known_at,
  case when policy_due_date is not null and (done_date is not null or policy_due_date < as_of_date) then 1 else 0 end
    as policy_count,
  case when done_date <= policy_due_date then 1 else 0 end as policy_in_time_count,
  earlier_of(done_at, start_of(add_days(policy_due_date, 1))) as policy_known_at,
  case
    when notice_date is not null and extended_flag is not null and (done_date is not null or notice_date < as_of_date)
      then 1
    else 0
  end as extension_count,
  case
    when notice_date is not null and extended_flag and (done_date is not null or notice_date < as_of_date) then 1
    else 0
  end as extended_count,
  earlier_of(done_at, start_of(add_days(notice_date, 1))) as extension_known_at,
  days_between(received_at, done_at) as turnaround_days,
  cast(days_between(received_at, done_at) as decimal(18, 8)) as turnaround_total_days,
  case when done_at is not null and received_at is not null then 1 else 0 end as done_count
from clocked
