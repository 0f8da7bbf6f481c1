-- One row per code and level as comorbidity or complication that encounters have it at: on how many lines.
--
-- Key     code, cc_level
select code, cc_level, count(*) as line_count
from core.encounter_code
where cc_level is not null
group by code, cc_level
