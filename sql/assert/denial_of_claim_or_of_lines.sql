-- A claim is denied as a whole or line by line, not both.
--
-- Severity  warn
-- Examines  core.denial where level = 'initial'
-- Counts    one row per claim; the denials of its lines are left out of the denied charges
select claim_id
from core.denial
where level = 'initial'
group by claim_id
having min(case when line_no is null then 0 else 1 end) <> max(case when line_no is null then 0 else 1 end)
