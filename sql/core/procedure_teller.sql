-- One row per facility that sends the day of any procedure coded in ICD-10-PCS.
--
-- Key  facility_key
select facility_key
from core.procedure_feed
where dated_count > 0
