-- One row per coder and month with any coding event: how many.
--
-- Key  coder_id, month
select coder_id, month_of(event_date) as month, count(*) as event_count
from core.coding_event
where coder_id is not null and event_date is not null
group by coder_id, month_of(event_date)
