-- Every bill, hold and posting of charges belongs to an encounter that has arrived.
--
-- Severity  warn
-- Counts    one row per bill, hold or posting without its encounter; none of them is in any stock
select encounter_id
from core.billing
where encounter_id not in (select encounter_id from core.encounter)
union all
select encounter_id
from core.billing_hold
where encounter_id not in (select encounter_id from core.encounter)
union all
select encounter_id
from core.charge_event
where encounter_id not in (select encounter_id from core.encounter)
