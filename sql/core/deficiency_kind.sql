-- One row per kind of deficiency on discharged records that counted: how many there are.
--
-- Key  facility_key, doc_type, action_type, patient_class
select
  coalesce(facility_id, '') as facility_key,
  doc_type,
  action_type,
  patient_class,
  count(*) as deficiency_count
from core.deficiency
where was_counted and discharge_date is not null and patient_class is not null
group by coalesce(facility_id, ''), doc_type, action_type, patient_class
