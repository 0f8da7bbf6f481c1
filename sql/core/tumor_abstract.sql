-- One row per tumor abstract, with the facts that edits compare.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Kind    view
-- Counts  sex_code: sexAssignedAtBirth (from NAACCR 26 on), else sex
--         completed_age: whole years from birth to diagnosis; null unless both are told to the day
--         paired_from_year: year of diagnosis from which laterality is recorded for the primary site; null where it never is
--         is_partly_unpaired: a part of that site lies in the middle and has no side
--         is_hematopoietic: histology 9590 to 9993; is_cns: brain, nervous system and the glands within the skull
--         has_surgery, has_radiation, has_chemo, has_hormone, has_immunotherapy, has_other_treatment: the summary item says
--         it was given; null where it does not say
--         first_treatment_written: earliest date of a treatment as written; of two that agree as far as both are told, the
--         one told less
--         is_certificate_only, is_autopsy_only: type of reporting source 7, 6
select
  tumor.*,
  coalesce(sexAssignedAtBirth, sex) as sex_code,
  year_of(birth_date) as birth_year,
  case
    when length(trim(dateOfBirth)) = 8 and length(trim(dateOfDiagnosis)) = 8
      then
        year_of(diagnosis_date) - year_of(birth_date)
        - case when substr(trim(dateOfDiagnosis), 5, 4) < substr(trim(dateOfBirth), 5, 4) then 1 else 0 end
  end as completed_age,
  case when paired_site.primary_site is not null then coalesce(paired_site.from_year, 1) end as paired_from_year,
  paired_site.is_partly_unpaired,
  histologicTypeIcdO3 between '9590' and '9993' as is_hematopoietic,
  tumor.site_code between 'C70' and 'C72' or tumor.primarySite between 'C751' and 'C753' as is_cns,
  case
    when rxSummSurgPrimSite2023 is not null then substr(rxSummSurgPrimSite2023, 2, 3) between '100' and '900'
    when rxSummSurgPrimSite is not null then rxSummSurgPrimSite between '10' and '90'
  end as has_surgery,
  rxSummRadiation between '1' and '6' as has_radiation,
  rxSummChemo between '01' and '03' as has_chemo,
  rxSummHormone = '01' as has_hormone,
  rxSummBrm = '01' as has_immunotherapy,
  rxSummOther in ('1', '2', '3', '6') as has_other_treatment,
  earlier_of(
    earlier_of(earlier_of(rxDateSurgery, rxDateRadiation), earlier_of(rxDateChemo, rxDateHormone)),
    earlier_of(rxDateBrm, rxDateOther)
  ) as first_treatment_written,
  typeOfReportingSource = '7' as is_certificate_only,
  typeOfReportingSource = '6' as is_autopsy_only,
  vitalStatus = '0' as is_dead
from core.tumor
left join reference.paired_site on paired_site.primary_site = tumor.primarySite
