-- One row per encounter that has any coding event: when each thing first happened.
--
-- Key     encounter_id
-- Counts  coded is the first of first_coded and final_coded; a coding undone later (reopened, recoded) does not move it
--         hours_to_coded is for sources that give hours from discharge instead of times
-- Ties    of two coders at the same moment the first in order of id
select
  encounter_id,
  min(case when event = 'coding_ready' then event_at end) as ready_at,
  min(case when event = 'coding_ready' then event_date end) as ready_date,
  min(case when event = 'released' then event_at end) as released_at,
  min(case when event in ('first_coded', 'final_coded') then event_at end) as first_coded_at,
  min(case when event in ('first_coded', 'final_coded') then hours_from_discharge end) as hours_to_coded,
  min(case when event = 'final_coded' then event_at end) as final_coded_at,
  first_by(
    case when event in ('first_coded', 'final_coded') then coder_id end,
    case when event in ('first_coded', 'final_coded') then event_at end
  ) as coder_id
from core.coding_event
group by encounter_id
