-- One row per hospital account: how long it took from discharge, and from final coding, to the first final bill.
--
-- Key       account_id
-- Kind      view
-- Counts    days are decimal, between UTC moments; negative ones (billed before discharge or coding) are kept
--           discharge_at is the last of the account's encounters and null while one is in house; final_coded_at the last of
--           their first final codes, null while one has none; final_billed_at the account's first final bill
--           what is not billed yet is censored at billing_until_at: when the encounter was last observed, else its feed
-- Excludes  accounts combined, voided, or with bills of no date; facilities of which no bills arrive
select
  account_id,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  discharge_date,
  final_coded_date,
  discharge_at,
  final_coded_at,
  final_billed_at,
  coalesce(observed_until_at, feed.as_of_at) as billing_until_at,
  coded_to_billed_days,
  discharge_to_billed_days
from core.billing_turnaround
cross join (select as_of_at from core.extract_as_of where extract = 'billing') as feed
