-- Every initial denial tells what was billed, and every settled one what was denied and recovered.
--
-- Severity  warn
-- Counts    one row per initial denial; what is not told is left out of the dollars
select denial_id
from core.denial
where
  level = 'initial'
  and (
    billed_amt is null
    or (outcome is not null and denied_amt is null)
    or (outcome in ('overturned', 'partial') and recovered_amt is null)
  )
