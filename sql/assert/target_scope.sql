-- Every facility that a target is for is one that has arrived.
--
-- Severity  warn
-- Examines  core.target where scope is not null
select scope
from core.target
where scope is not null and scope not in (select facility_id from core.facility)
