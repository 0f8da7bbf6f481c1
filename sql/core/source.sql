-- One row per source: up to when it speaks, and under which privacy rule it was sent.
--
-- Key  source_id
select
  source_id,
  timezone,
  privacy_mode,
  is_instant,
  as_of_at,
  as_of_date
from staging.source
