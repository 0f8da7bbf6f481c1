-- One row per bill of an encounter's account: the original, late charges, rebills.
--
-- Key  encounter_id, bill_no
select
  encounter_id,
  bill_no,
  gross_charges,
  first_billed_at,
  first_billed_date,
  final_billed_at,
  final_billed_date,
  submitted_at,
  submitted_date,
  bill_status,
  bill_hold_days
from staging.billing
