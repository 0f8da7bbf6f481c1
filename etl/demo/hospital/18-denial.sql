-- Denials of claims, level by level, and the DRG the payer paid at last.

create table denial_kind as
select file_order::integer as kind, category, coding::boolean as coding, carc, rarc, appealed::double as appealed,
  sum(share::double) over (order by file_order) / sum(share::double) over () as upto,
  sum(share_inpatient::double) over (order by file_order) / sum(share_inpatient::double) over () as upto_inpatient
from reference."denial-kind";

-- Claims: bills sent to somebody other than the patient. A bill taken back is a claim as well.
create table claim as
with owed as (
  select bill.* exclude (submitted_at), submitted_at, stay_id * 4 + bill_no as claim_no,
    payer(patient_no, case when case_id in ('newborn-normal', 'newborn-other') then 0 else age(born(patient_no, pool), admit_at) end) as payer
  from bill
  where submitted_at < getvariable('as_of') and not combined
)
select *,
  after(submitted_at, 24 * lognormal(claim_no, 'answered', 19, 0.4)) as remitted_at,
  -- Story sepsis-denials: from 1 March 2026 an insurer with commercial and Medicare Advantage plans questions most sepsis DRGs.
  getvariable('sepsis-denials') and payer in ('commercial', 'medicare_advantage') and drg in ('871', '872', '853', '854') and submitted_at >= timestamp '2026-03-01'
    and u(claim_no, 'sepsis questioned') < 0.7 as questioned
from owed
where payer <> 'self_pay' and bill_cents > 0;

create table denial as
with first as (
  select claim.*, case when class_no = 1 then 0.128 else 0.104 end as chance
  from claim
), picked as (
  select first.*,
    case when questioned then (select kind from denial_kind where category = 'clinical_validation')
      else 1 + len(list_filter(case when class_no = 1 then bounds_inpatient else bounds end, lambda b: b <= u(claim_no, 'why denied'))) end::integer as kind
  from first, (select list(upto order by kind) as bounds, list(upto_inpatient order by kind) as bounds_inpatient from denial_kind)
  where questioned or u(claim_no, 'denied') < chance
), initial as (
  select picked.*, category, coding, carc, rarc, remitted_at as received_at,
    class_no = 1 and (category = 'drg_validation' or category = 'clinical_validation') as about_drg,
    u(claim_no, 'appeals') < appealed as appeals
  from picked join denial_kind using (kind)
), fought as (
  select *,
    case when appeals then after(received_at, 24 * lognormal(claim_no, 'appealed after', 17, 0.55)) end as appealed_at,
    case when appeals then after(received_at, 24 * (lognormal(claim_no, 'appealed after', 17, 0.55) + lognormal(claim_no, 'decided after', 38, 0.5)))
      else after(received_at, 24 * lognormal(claim_no, 'settled after', 24, 0.7)) end as resolved_at,
    case
      when appeals then case when u(claim_no, 'decision') < 0.49 then 'overturned' when u(claim_no, 'decision') < 0.58 then 'partial' when u(claim_no, 'decision') < 0.86 then 'upheld' else 'written_off' end
      -- Without an appeal: sent again and paid, passed on to the patient or another payer, or given up.
      when u(claim_no, 'decision') < 0.38 then 'overturned' when u(claim_no, 'decision') < 0.66 then 'upheld' else 'written_off' end as outcome,
    case when about_drg then 0.15 + 0.3 * u(claim_no, 'part denied') when u(claim_no, 'whole') < 0.6 then 1 else 0.1 + 0.6 * u(claim_no, 'part denied') end as part
  from initial
), again as (
  select claim_no, 1 as level_no, * exclude (claim_no) from fought
  union all
  -- One upheld denial in four goes to the second level; a few of those to an outsider.
  select claim_no, 2, * exclude (claim_no) replace (
      resolved_at as received_at, after(resolved_at, 24 * lognormal(claim_no, 'second appeal', 20, 0.5)) as appealed_at,
      after(resolved_at, 24 * (lognormal(claim_no, 'second appeal', 20, 0.5) + lognormal(claim_no, 'second decision', 45, 0.4))) as resolved_at,
      case when u(claim_no, 'second outcome') < 0.35 then 'overturned' when u(claim_no, 'second outcome') < 0.75 then 'upheld' else 'written_off' end as outcome)
  from fought
  where appeals and outcome = 'upheld' and u(claim_no, 'fights on') < 0.25
)
select again.*, claim_no * 2 + level_no - 1 as denial_no,
  -- What is denied is what the claim would have paid, about a third of its charges.
  round(bill_cents * 0.31 * part)::bigint as denied_cents,
  case when about_drg then lower_drg.drg end as payer_drg
from again
left join case_severity as lower_drg on about_drg and lower_drg.case_no = again.case_no and lower_drg.severity = greatest(0, again.severity - 1)
where received_at < getvariable('as_of')
order by denial_no;

-- Inpatients by the DRG they were paid at: the bill's, or the payer's where a denial of the DRG stands.
create table paid_drg as
select claim.stay_id, claim.day, coalesce(denial.payer_drg, claim.drg) as payer_drg
from (select stay_id, drg, remitted_at, claim_no, discharge_at::date as day from claim where class_no = 1 and bill_no = 1 and not voided) as claim
left join (select claim_no, payer_drg, outcome, resolved_at from denial where level_no = 1 and about_drg) as denial
  on denial.claim_no = claim.claim_no and not (outcome = 'overturned' and resolved_at < getvariable('as_of'))
where remitted_at < getvariable('as_of')
order by stay_id;
