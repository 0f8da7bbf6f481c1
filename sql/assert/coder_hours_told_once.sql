-- The hours of a coder's month are split by patient class or not, not both.
--
-- Severity  warn
-- Examines  core.period_stat where coder_id is not null and coder_productive_hours is not null
-- Counts    one row per coder and month with both; the hours not split are left out
select coder_id
from core.period_stat
where coder_id is not null and coder_productive_hours is not null
group by facility_id, coder_id, month
having min(case when patient_class is null then 0 else 1 end) <> max(case when patient_class is null then 0 else 1 end)
