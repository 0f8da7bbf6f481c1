-- One row per tumor abstract and NAACCR item beyond those of core.tumor, as abstracted.
--
-- Key  facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite, naaccrId
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  naaccrId,
  value
from staging.tumor_item
