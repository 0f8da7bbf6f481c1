-- One row per document a chart needs: written when, signed when, and which of the two had to be asked for.

create table paper_kind as
select kind::integer as kind, doc_type, timing, needs_theatre::boolean as needs_theatre,
  [inpatient::double, ed::double, observation::double, outpatient_surgery::double, 0.0] as presence,
  perform::double as perform, sign::double as sign, perform_days::double as perform_days, sign_days::double as sign_days
from reference."paper-kind";

-- The history and physical of planned surgery is often written weeks before; an update follows on arrival.
create macro history_before(stay_id, class_no, has_theatre) as has_theatre and class_no in (1, 4) and u(stay_id, 'history before') < 0.55;

-- A few charts drop out of everybody's sight and take an order of magnitude longer.
create macro lost(stay_id, class_no) as case when u(stay_id, 'lost') < getvariable('lost_share') then 14 else 1 end;

create table paper as
with considered as (
  select *, unnest(range(1, 10))::integer as kind
  from stay
  where class_no < 5
), needed as (
  select
    stay_id * 10 + kind as paper_id, paper_kind.*, stay_id, facility_no, class_no, service_no, admit_at, discharge_at, analyzed_at,
    history_before(stay_id, class_no, has_theatre) as history_before,
    case when has_theatre then theatre_to(stay_id, theatre, theatre_from(stay_id, admit_at, discharge_at), discharge_at) end as surgery_ends,
    coalesce(discharge_at, getvariable('as_of')::timestamp) as leaves_at,
    case when doc_type = 'CONSULT' then die(stay_id, 'consultant', 9) - 1 else service_no end as author_service,
    case when doc_type = 'CONSULT' then 1 else attending_no end as author_no
  from considered join paper_kind using (kind)
  where u(stay_id * 10 + kind, 'needed') < presence[class_no] and (has_theatre or not needs_theatre)
), asked as (
  select *,
    -- A deficiency stands only once the chart is analysed; what runs along with the stay is asked for the same day.
    u(paper_id, 'perform') < perform and analyzed_at is not null as performs,
    u(paper_id, 'sign') < sign and analyzed_at is not null as signs,
    case timing when 'concurrent' then after(admit_at, hours_between(admit_at, leaves_at) * 0.8 * u(paper_id, 'asked')) else analyzed_at end as asked_at,
    lost(stay_id, class_no) * provider_pace(facility_no, author_service, author_no) as pace
  from needed
), written as (
  select *,
    case
      when performs then finish(facility_no, asked_at, 24 * lognormal(paper_id, 'perform days', perform_days * pace, 0.65), 7.5)
      when doc_type = 'OP' then after(surgery_ends, lognormal(paper_id, 'reported', 2.5, 1.1))
      when doc_type = 'HP' and history_before then after(admit_at, -24 * (case when u(paper_id, 'stale') < 0.03 then 31 else 1 end + 26 * u(paper_id, 'written')))
      when timing = 'retrospective' then after(leaves_at, -0.5 + 8 * u(paper_id, 'written'))
      else after(admit_at, least(18 * u(paper_id, 'written'), hours_between(admit_at, leaves_at) * 0.7)) end as authored_at
  from asked
), signed as (
  select *,
    case when signs then greatest(authored_at, asked_at) end as sign_asked_at
  from written
)
select
  paper_id, stay_id, facility_no, class_no, doc_type, timing, performs, signs,
  provider_id(facility_no, author_service, author_no) as provider_id,
  asked_at, authored_at, sign_asked_at,
  case when signs then finish(facility_no, sign_asked_at, 24 * lognormal(paper_id, 'sign days', sign_days * pace, 0.75), 7.5)
    else after(authored_at, 6 * u(paper_id, 'signed')) end as signed_at,
  -- What was asked for by mistake is withdrawn within days.
  case when u(paper_id, 'withdrawn') < 0.02 then ['cancelled', 'in_error'][die(paper_id, 'withdrawn how', 2)] end as withdrawn
from signed
order by paper_id;

-- Discharged charts on which something is still missing.
create table open_chart as
select distinct stay_id
from paper
where withdrawn is null and (performs and authored_at >= getvariable('as_of') and asked_at < getvariable('as_of')
  or signs and signed_at >= getvariable('as_of') and sign_asked_at < getvariable('as_of'));
