-- One row per hospital account: what is billed together, one encounter or several.
--
-- Key       account_id
-- Apart     account_id
-- Counts    account_id is that of the encounters, else the encounter's own id
--           facility, service, class and payer are those of the encounter that came first, by admission
--           discharge_date, discharge_at: the first discharge of any of its encounters
--           bill_hold_days: of its lowest bill that tells them, else the setting bill_hold_days; null where neither does
--           exclusion  why it is in no stock: combined (moved to another account), voided (every bill is), undated (a bill
--                      is said to have gone out, without a date), unbilled_feed (no bills of its facility arrive),
--                      in_house (nobody discharged yet); null where it counts
-- Ties      of encounters admitted at one moment the first in order of id
with member as (
  select
    encounter_id,
    account_member.account_id,
    facility_id,
    coalesce(admit_at, discharge_at) as came_at,
    discharge_at,
    discharge_date
  from core.encounter
  inner join core.account_member using (encounter_id)
),
arrived as (
  select
    account_id,
    coalesce(first_by(encounter_id, came_at), min(encounter_id)) as first_encounter_id,
    count(*) as encounter_count,
    count(distinct coalesce(facility_id, '')) as facility_count,
    min(discharge_at) as discharge_at,
    min(discharge_date) as discharge_date
  from member
  group by account_id
),
billed as (
  select
    account_id,
    count(*) as bill_count,
    sum(case when bill_status = 'combined' then 1 else 0 end) as combined_count,
    sum(case when bill_status = 'voided' then 1 else 0 end) as voided_count,
    sum(case
      when final_billed_date is null and bill_status in ('billed', 'zero_balance', 'bad_debt', 'closed') then 1
      else 0
    end) as undated_count
  from core.billing
  inner join member using (encounter_id)
  group by account_id
),
told as (
  select account_id, bill_no, max(bill_hold_days) as bill_hold_days
  from core.billing
  inner join member using (encounter_id)
  where bill_hold_days is not null
  group by account_id, bill_no
),
held as (
  select account_id, min(bill_no) as bill_no
  from told
  group by account_id
),
hold_days as (
  select told.account_id, told.bill_hold_days
  from told
  inner join held on held.account_id = told.account_id and held.bill_no = told.bill_no
),
setting as (
  select max(case when name = 'bill_hold_days' then whole_number end) as bill_hold_days
  from core.metric_setting
)
select
  arrived.account_id,
  first_encounter_id,
  encounter_count,
  facility_count,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  arrived.discharge_at,
  arrived.discharge_date,
  coalesce(hold_days.bill_hold_days, setting.bill_hold_days) as bill_hold_days,
  case
    when not coalesce(feed.has_billing, false) then 'unbilled_feed'
    when combined_count > 0 then 'combined'
    when voided_count = bill_count then 'voided'
    when undated_count > 0 then 'undated'
    when arrived.discharge_date is null then 'in_house'
  end as exclusion
from arrived
cross join setting
inner join core.encounter on encounter.encounter_id = first_encounter_id
inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
left join billed on billed.account_id = arrived.account_id
left join hold_days on hold_days.account_id = arrived.account_id
