-- When providers were away, and when the medical staff suspended those whose records were long delinquent.

create table away as
with turn as (
  -- Three chances a year of a week or two off, from a Saturday to a Monday.
  select provider_id, row_number() over (order by provider_id) * 1000 + nth as turn_no, nth
  from provider, lateral unnest(range(0, (date_diff('month', getvariable('start')::date, getvariable('as_of')::date) // 4)::integer)) as turns (nth)
), placed as (
  select provider_id, turn_no, (date_trunc('week', getvariable('start')::date + (120 * nth + 90 * u(turn_no, 'leaves'))::integer) + to_days(5))::timestamp as start_at
  from turn
  where u(turn_no, 'goes away') < 0.6
)
select provider_id, start_at, start_at + to_days(2 + 7 * case when u(turn_no, 'how long') < 0.65 then 1 else 2 end) as end_at,
  case when u(turn_no, 'why') < 0.85 then 'vacation' else 'leave' end as reason
from placed
where start_at < getvariable('as_of');

-- Every Monday the delinquent records of each provider are counted: those discharged more than 45 days before on which
-- something of theirs is still missing. From five on the privileges rest until fewer are left.
create table suspended as
with late as (
  select provider_id, stay_id, after(leaves_at, 24 * 45) as late_from, done_at
  from (
    select provider_id, stay_id, leaves_at, case when signs then signed_at else authored_at end as done_at
    from paper join (select stay_id, discharge_at as leaves_at from stay) using (stay_id)
    where withdrawn is null and (performs or signs) and leaves_at is not null and class_no in (1, 3, 4)
  )
  where done_at > after(leaves_at, 24 * 45)
), counted as (
  select provider_id, monday, count(distinct stay_id) as records
  from late, lateral unnest(generate_series(date_trunc('week', late_from) + to_days(7), least(done_at, getvariable('as_of')::timestamp), to_days(7))) as mondays (monday)
  group by all
), kept as (
  select provider_id, monday::timestamp + to_hours(8) as monday, row_number() over (partition by provider_id order by monday) as nth
  from counted
  where records >= 5 and monday >= getvariable('start')
)
select provider_id, min(monday) as start_at, max(monday) + to_days(7) as end_at
from kept
group by provider_id, monday - to_days(7 * nth::integer);
