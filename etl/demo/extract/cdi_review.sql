-- Every other day of a stay; who comes to be seen too late is reviewed before the bill. One review in twelve is audited.
with looked as (
  select *, unnest(range(1, 2 + least(nights // 2, 5))) as nth
  from cdi
), dated as (
  select *, office(after(admit_at, 18 * u(stay_id, 'first look') + 48 * (nth - 1))) as look_at
  from looked
), placed as (
  select * replace (case when look_at < leaves_at then look_at when nth = 1 then office(after(leaves_at, 6)) end as look_at) from dated
)
select encounter_id(stay_id) as encounter_id, printf('cdi-%02d', specialist_no) as reviewer_id, nth as review_no, look_at as review_ts,
  case when audited then case when asked > 0 then 1 else 0 end + case when u(stay_id * 8 + nth, 'taken') < 0.5 then 1 else 0 end end as query_opportunities,
  case when audited then case when u(stay_id * 8 + nth, 'missed') < 0.08 then 1 else 0 end end as missed_opportunities,
  case when audited then case when asked > 0 and u(stay_id * 8 + nth, 'not compliant') < 0.07 then 1 else 0 end end as compliance_errors
from (select *, u(stay_id * 8 + nth, 'review audited') < 0.085 as audited from placed)
where look_at < getvariable('as_of')
order by encounter_id, review_no
