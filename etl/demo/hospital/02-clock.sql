-- Time as this hospital keeps it: wall time of the facility, to the minute.

create macro after(moment, hours) as moment + to_minutes(round(hours * 60)::bigint);

create macro hours_between(earlier, later) as date_diff('minute', earlier, later) / 60.0;

-- What the extract can know: nothing of the moments after it was drawn.
create macro known(moment) as case when moment < getvariable('as_of') then moment end;

-- Office hours: weekends wait for Monday, and the day's 24 hours become 7:00 to 17:00. Order within a day is kept.
create macro office(moment) as
  (date_trunc('day', moment) + to_days(case isodow(moment) when 6 then 2 when 7 then 1 else 0 end)
    + to_minutes(420 + date_diff('minute', date_trunc('day', moment), moment) * 10 // 24))::timestamp;

-- Story go-live: from 1 June 2026 work at Riverside takes `stretch` times as long, begun or not.
create macro finish(facility_no, starts, hours, stretch) as after(starts, hours + case
  when getvariable('go-live') and facility_no = 1
  then (stretch - 1) * greatest(0, least(hours, hours + hours_between(timestamp '2026-06-01 06:00', starts)))
  else 0 end);

-- Days since the code sets last changed (1 October).
create macro days_since_code_change(day) as
  date_diff('day', make_date(year(day) - case when month(day) < 10 then 1 else 0 end, 10, 1), day::date);

-- Story code-set-change: 1 on the day the codes change, fading over eight weeks; 0 the rest of the year.
create macro code_shock(day) as case
  when getvariable('code-set-change') and days_since_code_change(day) < 56 then exp(-days_since_code_change(day) / 30.0)
  else 0 end;

-- How often a class of patients goes home on a weekday. Story weekday: without it every day is alike for inpatients.
create macro weekday_factor(class, day) as case
  when class.class_no = 1 and not getvariable('weekday') then 1
  else [class.monday, class.tuesday, class.wednesday, class.thursday, class.friday, class.saturday, class.sunday][isodow(day)::integer] end;

-- When surgery begins: on the first days of a stay, well before its end; and when it is over.
create macro theatre_from(stay_id, admit_at, discharge_at) as
  after(admit_at, least(40, hours_between(admit_at, coalesce(discharge_at, getvariable('as_of')::timestamp)) * 0.6) * (0.1 + 0.9 * u(stay_id, 'surgery at')));
create macro theatre_to(stay_id, theatre, begins, discharge_at) as
  after(begins, least(lognormal(stay_id, 'surgery', case theatre when 'operating_room' then 1.6 else 0.6 end, 0.4),
    0.8 * hours_between(begins, coalesce(discharge_at, getvariable('as_of')::timestamp))));
