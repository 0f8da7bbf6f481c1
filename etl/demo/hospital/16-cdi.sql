-- Documentation improvement: which inpatients a specialist reviewed, what was asked of whom, and what the answer changed.

create table cdi as
with eligible as (
  select *, coalesce(discharge_at, getvariable('as_of')::timestamp) as leaves_at,
    final_coded_at > first_coded_at as held
  from stay
  where class_no = 1 and service_line <> 'newborn'
)
select stay_id, facility_no, service_no, attending_no, coder_no, admit_at, discharge_at, leaves_at, first_coded_at, final_coded_at, nights, case_no, severity, drg, held,
  1 + (facility_no * 7 + die(stay_id, 'specialist', 2)) % 6 as specialist_no,
  -- A record that waits for an answer has more often been asked about during the stay, too.
  case when u(stay_id, 'asked by CDI') < case when held then 0.42 else 0.13 end then case when u(stay_id, 'asked twice') < 0.2 then 2 else 1 end else 0 end as asked
from eligible
-- Who leaves within the day is rarely seen.
where u(stay_id, 'reviewed') < case when nights < 2 then 0.72 else 0.88 end
order by stay_id;

create table query as
with sent as (
  select stay_id * 4 + nth as query_no, stay_id, facility_no, service_no, attending_no, 'cdi' as workflow, printf('cdi-%02d', specialist_no) as author_id, case_no, severity, drg,
    case when nth = 1 then 'concurrent' else 'retrospective' end as timing,
    case when nth = 1 then after(admit_at, hours_between(admit_at, leaves_at) * (0.2 + 0.5 * u(stay_id, 'sent')))
      else after(leaves_at, 8 + 30 * u(stay_id, 'sent again')) end as sent_at,
    null::double as wait
  from (select *, unnest(range(1, asked + 1)) as nth from cdi)
  union all
  -- The coder asks where nobody has: the bill waits for the answer.
  select stay_id * 4 + 3, stay_id, facility_no, service_no, attending_no, 'coding', coder_id(coder_no), case_no, severity, drg,
    'pre_bill', after(first_coded_at, 0.2), hours_between(first_coded_at, final_coded_at) * (0.12 + 0.36 * u(stay_id, 'coder gets answer'))
  from stay
  where final_coded_at > first_coded_at and stay_id not in (select stay_id from cdi where asked > 0)
), lived as (
  select *,
    u(query_no, 'cancelled') < 0.03 as cancelled,
    u(query_no, 'unanswered') < case workflow when 'cdi' then 0.055 else 0.02 end as unanswered,
    after(sent_at, least(coalesce(wait, 999), coalesce(wait, lognormal(query_no, 'answers', 23, 0.95)))) as answered_at
  from sent
  where sent_at < getvariable('as_of')
), ended as (
  select *,
    case
      when cancelled then 'cancelled'
      when unanswered then 'no_response'
      when u(query_no, 'opinion') < 0.78 then 'agreed_updated'
      when u(query_no, 'opinion') < 0.86 then 'agreed_not_updated'
      when u(query_no, 'opinion') < 0.95 then 'disagreed'
      else 'no_opinion' end as fate,
    case when cancelled then after(sent_at, 6) when unanswered then after(sent_at, 24 * 14) else after(answered_at, 2) end as closes_at
  from lived
)
select ended.*, closes_at < getvariable('as_of') as settled,
  -- What was documented moves the DRG only upward from what the record said before.
  fate = 'agreed_updated' and workflow = 'cdi' and ended.severity > 0 and before.drg <> ended.drg and u(stay_id, 'gain') < 0.42 as gains,
  before.drg as drg_before,
  weight_before.weight as weight_before,
  weight_after.weight as weight_after
from ended
left join case_severity as before on before.case_no = ended.case_no and before.severity = ended.severity - 1
left join drg as weight_before on weight_before.drg = before.drg
left join drg as weight_after on weight_after.drg = ended.drg
order by query_no;
