-- One row per interval in which a bill was held, with who has to act.
--
-- Key  encounter_id, reason_code, start_at
select
  encounter_id,
  reason_code,
  owner,
  start_at,
  start_date,
  end_at,
  end_date,
  amount
from staging.billing_hold
