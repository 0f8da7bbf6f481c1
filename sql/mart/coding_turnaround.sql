-- One row per encounter that was discharged or made ready for coding: how long coding and billing took.
--
-- Key       encounter_id
-- Kind      view
-- Counts    days are decimal, between UTC moments; negative ones (coded before discharge, billed before ready) are kept
--           discharge_at to first_coded_at and ready_to_bill_at to first_billed_at are what Kaplan–Meier reads; what has
--           not happened yet is censored at coding_until_at or billing_until_at: when the encounter was last observed,
--           else when its feed was
-- Excludes  encounters of facilities of which no coding events arrive: not known. ready_to_bill_at is null where no bills
--           arrive
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  coder_id,
  discharge_date,
  ready_date,
  discharge_at,
  ready_at,
  ready_to_bill_at,
  released_at,
  first_coded_at,
  final_coded_at,
  first_billed_at,
  coalesce(observed_until_at, coding_feed.as_of_at) as coding_until_at,
  coalesce(observed_until_at, billing_feed.as_of_at) as billing_until_at,
  discharge_to_coded_days,
  discharge_to_final_coded_days,
  ready_to_coded_days,
  release_to_coded_days,
  ready_to_billed_days
from core.coding_turnaround
cross join (select as_of_at from core.extract_as_of where extract = 'coding_event') as coding_feed
cross join (select as_of_at from core.extract_as_of where extract = 'billing') as billing_feed
