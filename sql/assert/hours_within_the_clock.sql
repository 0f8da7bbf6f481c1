-- No coder has more than 24 productive hours a day.
--
-- Severity  warn
-- Counts    one row per coder and month; it is left out of productivity
select coder_id
from core.period_stat
where coder_id is not null
group by coder_id, month
having sum(coder_productive_hours) > 24 * (1 + day_count(month, month_end_of(month)))
