-- One row per month, facility, service, patient class and payer: claims first denied, over the claims of three months.
--
-- Key       month_end_date, facility_id, service_line, patient_class, payer_class
-- Counts    denied_claim_count: claims with their first initial denial in the month, each once
--           denied_charges: what was billed of them; a claim denied line by line adds each line once, at its first denial,
--           one denied as a whole adds the whole and no lines
--           claim_count_3_months, charges_3_months: bills submitted in the three calendar months before; their third part
--           is the average that denials are held against
--           month_end_date: a month counts when it is over, for a part of it would be held against whole months
-- Excludes  months before there are three months of submitted bills of the facility; denials of records that have not
--           arrived; facilities of which no denials, or no submitted bills, arrive. Charges are null of facilities whose
--           denials never tell what was billed
-- Ties      of denials received at one moment the first is the first in order of id
-- Source    HFMA Claim Integrity Task Force: initial denial rate, on claims submitted, average of the prior three months
with submitted as (
  select
    facility_id,
    service_line,
    patient_class,
    payer_class,
    submitted_month as month,
    claim_count,
    case when feed.has_denied_charges and charged_count > 0 then gross_charges end as charges
  from core.submitted_claim
  inner join core.operation_feed as feed on feed.facility_key = coalesce(facility_id, '')
  where feed.has_denial
),
told as (
  select
    coalesce(facility_id, '') as facility_key,
    add_months(min(month), 3) as first_month,
    max(last_date) as last_date
  from submitted
  cross join (select as_of_date as last_date from core.extract_as_of where extract = 'denial') as feed
  group by coalesce(facility_id, '')
),
numbered as (
  select
    *,
    min(case when line_no is null then 0 else 1 end) over (partition by claim_id) as is_by_line,
    row_number() over (partition by claim_id order by received_at, denial_id) as claim_denial_no,
    row_number() over (partition by claim_id, line_no order by received_at, denial_id) as line_denial_no
  from core.denial
  where level = 'initial' and not is_orphan
),
part as (
  select
    add_months(month, month_count) as month,
    facility_id,
    service_line,
    patient_class,
    payer_class,
    0 as denied_claim_count,
    cast(null as decimal(18, 4)) as denied_charges,
    claim_count,
    charges
  from submitted
  cross join (
    select 1 as month_count
    union all
    select 2
    union all
    select 3
  ) as following
  union all
  select
    month_of(received_date),
    facility_id,
    service_line,
    patient_class,
    payer_class,
    case when claim_denial_no = 1 then 1 else 0 end,
    case when line_denial_no = 1 and (line_no is null or is_by_line = 1) then billed_amt end,
    0,
    null
  from numbered
  where received_date is not null
)
select
  month_end_of(month) as month_end_date,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  cast(sum(denied_claim_count) as bigint) as denied_claim_count,
  sum(denied_charges) as denied_charges,
  cast(sum(claim_count) as bigint) as claim_count_3_months,
  sum(charges) as charges_3_months
from part
inner join told on told.facility_key = coalesce(part.facility_id, '')
where month >= told.first_month and month_end_of(month) <= told.last_date
group by month, facility_id, service_line, patient_class, payer_class
