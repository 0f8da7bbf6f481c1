-- One row per tumor abstract, with what the international rules for multiple primaries compare.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  place: of the abstract among its patient's, by day of diagnosis (a partial date stands on the first of its month or
--         year, one not told last) and sequence number
--         is_counted: malignant, or of the urinary bladder whatever its behavior
--         site_group: ICD-O-3 category, of those that are one the one that stands for them
--         histology_group: 1 to 17; 0 where the histology is of none of them, or where site or histology are not known
-- Ties    the lower record number, then sequence number of the hospital, site, facility, histology
-- Source  IARC, IACR and ENCR, International rules for multiple primary cancers (ICD-O third edition), 2004
select
  tumor.facility_id,
  tumor.patient_key,
  tumor.tumorRecordNumber,
  tumor.sequenceNumberHospital,
  tumor.primarySite,
  tumor.diagnosis_date,
  row_number() over (
    partition by tumor.patient_key
    order by
      coalesce(tumor.diagnosis_date, date '9999-12-31'),
      tumor.sequence_number,
      coalesce(tumor.tumorRecordNumber, ''),
      coalesce(tumor.sequenceNumberHospital, ''),
      coalesce(tumor.primarySite, ''),
      coalesce(tumor.facility_id, ''),
      coalesce(tumor.histologicTypeIcdO3, '')
  ) as place,
  coalesce(tumor.behaviorCodeIcdO3 = '3', false)
  or coalesce(substr(tumor.primarySite, 1, 3) = 'C67', false) as is_counted,
  coalesce(site.site_group, substr(tumor.primarySite, 1, 3)) as site_group,
  case when tumor.primarySite is null then 0 else coalesce(histology.histology_group, 0) end as histology_group
from staging.tumor_value as tumor
left join reference.iarc_site_group as site on site.site_code = substr(tumor.primarySite, 1, 3)
left join core.iarc_histology as histology on histology.histology = tumor.histologicTypeIcdO3
