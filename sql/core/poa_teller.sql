-- One row per facility that sends presence on admission with any diagnosis of an inpatient.
--
-- Key  facility_key
select distinct facility_key
from core.code_feed
where patient_class = 'inpatient' and code_set = 'ICD10CM' and poa_count > 0
