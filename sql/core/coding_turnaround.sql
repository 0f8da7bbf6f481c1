-- One row per encounter that was discharged or made ready for coding: how long coding and billing took, as far as they did.
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    days are decimal, between UTC moments; negative ones (coded before discharge, billed before ready) are kept
--           observed_until_at: up to when what has not happened yet was looked for, of encounters that say so; the others
--           are watched as long as their feed speaks, which moves every night (mart.coding_turnaround)
-- Excludes  encounters of facilities of which no coding events arrive: not known. ready_to_bill_at is null where no bills
--           arrive
with first_bill as (
  select encounter_id, min(first_billed_at) as first_billed_at
  from core.billing
  group by encounter_id
)
select
  encounter.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  milestone.coder_id,
  encounter.discharge_date,
  milestone.ready_date,
  encounter.discharge_at,
  milestone.ready_at,
  case when feed.has_billing then milestone.ready_at end as ready_to_bill_at,
  milestone.released_at,
  milestone.first_coded_at,
  milestone.final_coded_at,
  first_bill.first_billed_at,
  encounter.observed_until_at,
  coalesce(days_between(encounter.discharge_at, milestone.first_coded_at), days_of_hours(milestone.hours_to_coded))
    as discharge_to_coded_days,
  days_between(encounter.discharge_at, milestone.final_coded_at) as discharge_to_final_coded_days,
  days_between(milestone.ready_at, milestone.first_coded_at) as ready_to_coded_days,
  days_between(milestone.released_at, milestone.first_coded_at) as release_to_coded_days,
  days_between(milestone.ready_at, first_bill.first_billed_at) as ready_to_billed_days
from core.encounter
inner join core.facility_feed as feed on feed.facility_key = coalesce(encounter.facility_id, '')
left join core.coding_milestone as milestone on milestone.encounter_id = encounter.encounter_id
left join first_bill on first_bill.encounter_id = encounter.encounter_id
where feed.has_coding and (encounter.discharge_at is not null or milestone.encounter_id is not null)
