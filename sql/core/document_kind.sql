-- One row per kind of document asked for: how many are.
--
-- Key  facility_key, doc_type, action_type, patient_class
select
  coalesce(facility_id, '') as facility_key,
  doc_type,
  action_type,
  patient_class,
  count(*) as document_count
from core.document_expected
group by coalesce(facility_id, ''), doc_type, action_type, patient_class
