-- One request for every sixteenth encounter, some weeks after it.
with asked as (
  select stay_id, facility_id, pick(stay_id, 'requestor', ['patient_access', 'patient_access', 'patient_access', 'patient_access', 'attorney', 'attorney', 'payer', 'payer', 'provider', 'provider', 'legal', 'audit']) as requestor_type,
    office(after(discharge_at, 24 * lognormal(stay_id, 'requested after', 30, 1.0))) as received_at
  from stay join facility using (facility_no)
  where u(stay_id, 'records requested') < 0.065 and discharge_at is not null
), answered as (
  select *,
    u(stay_id, 'request ends') < 0.02 as refused, u(stay_id, 'request ends') > 0.975 as withdrawn,
    24 * lognormal(stay_id, 'released after', case requestor_type when 'patient_access' then 7.2 when 'provider' then 2 when 'payer' then 9 when 'legal' then 10 when 'audit' then 14 else 12 end, 0.58)
      * case when u(stay_id, 'hard to find') < 0.03 then 2.6 else 1 end as hours
  from asked
), ended as (
  select *, greatest(after(received_at, 1), office(after(received_at, hours))) as released_at,
    requestor_type = 'patient_access' and hours > 24 * 28 and u(stay_id, 'notice given') < 0.75 as extends
  from answered
  where received_at < getvariable('as_of')
)
select
  printf('R%08d', stay_id) as request_id,
  facility_id,
  requestor_type,
  received_at as received_ts,
  after(received_at, 24 * case when extended then 60 else 30 end) as due_ts,
  extended as extended_flag,
  case when not refused and not withdrawn then known(released_at) end as fulfilled_ts,
  case
    when released_at >= getvariable('as_of') then case when hours_between(received_at, getvariable('as_of')::timestamp) < 48 then 'open' else 'pending' end
    when refused then 'denied'
    when withdrawn then 'cancelled'
    else 'fulfilled' end as status
from (select *, extends and after(received_at, 24 * 27) < getvariable('as_of') as extended from ended)
order by stay_id
