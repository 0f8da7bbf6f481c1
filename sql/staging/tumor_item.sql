-- One row per tumor abstract and NAACCR item beyond those of the tumor extract, as abstracted.
--
-- Key  facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite, naaccrId
select
  * exclude (batch_id, record)
from raw.tumor_item
