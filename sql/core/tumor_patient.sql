-- One row per facility and patient: the patient's abstracts at that facility, set side by side for edits between records.
--
-- Key     facility_id, patient_key
-- Kind    view
-- Counts  latest_diagnosis_date: the month a patient is counted in
--         sex_count, birth_date_count, race_count, vital_status_count, last_contact_count: different values known, 9s left out
--         hospital_count, central_count: abstracts numbered 00 to 59, counted primaries; hospital_nonmalignant_count and
--         central_nonmalignant_count: 60 to 87
--         alone: numbered 00 or 60, the only one of its kind; number_count: different numbers
--         hospital_inversions, central_inversions: abstracts with a number not below that of one diagnosed later; abstracts
--         without a number or a date of diagnosis to the day are left aside
--         largest_alike: abstracts of one site, histology, side and day of diagnosis, at most
with sequenced as (
  select
    facility_id,
    patient_key,
    diagnosis_date,
    case when not is_diagnosis_date_partial then diagnosis_date end as known_date,
    tumorRecordNumber,
    dateOfBirth,
    case when coalesce(sexAssignedAtBirth, sex) <> '9' then coalesce(sexAssignedAtBirth, sex) end as sex_code,
    case when race1 <> '99' then race1 end as race_code,
    vitalStatus,
    dateOfLastContact,
    case when sequenceNumberHospital between '00' and '59' then sequenceNumberHospital end as hospital_number,
    case when sequenceNumberHospital between '60' and '87' then sequenceNumberHospital end as hospital_nonmalignant,
    case when sequenceNumberCentral between '00' and '59' then sequenceNumberCentral end as central_number,
    case when sequenceNumberCentral between '60' and '87' then sequenceNumberCentral end as central_nonmalignant,
    case
      when site_code is not null then count(*) over (
        partition by facility_id, patient_key, site_code, histologicTypeIcdO3, laterality, dateOfDiagnosis
      )
    end as alike_count
  from core.tumor
  where patient_key is not null
),
-- Latest diagnosis among the abstracts with a number not above.
ordered as (
  select
    sequenced.*,
    case
      when hospital_number is not null then max(known_date) over (
        partition by facility_id, patient_key, hospital_number is not null
        order by hospital_number
        range between unbounded preceding and current row
      )
    end as hospital_latest,
    case
      when central_number is not null then max(known_date) over (
        partition by facility_id, patient_key, central_number is not null
        order by central_number
        range between unbounded preceding and current row
      )
    end as central_latest
  from sequenced
)
select
  facility_id,
  patient_key,
  max(diagnosis_date) as latest_diagnosis_date,
  count(*) as abstract_count,
  count(distinct sex_code) as sex_count,
  count(distinct dateOfBirth) as birth_date_count,
  count(distinct race_code) as race_count,
  count(distinct vitalStatus) as vital_status_count,
  count(distinct dateOfLastContact) as last_contact_count,
  count(tumorRecordNumber) as record_number_count,
  count(distinct tumorRecordNumber) as different_record_number_count,
  count(hospital_number) as hospital_count,
  count(distinct hospital_number) as hospital_number_count,
  count(case when hospital_number = '00' then 1 end) as hospital_alone,
  count(hospital_nonmalignant) as hospital_nonmalignant_count,
  count(distinct hospital_nonmalignant) as hospital_nonmalignant_number_count,
  count(case when hospital_nonmalignant = '60' then 1 end) as hospital_nonmalignant_alone,
  count(case when known_date < hospital_latest then 1 end) as hospital_inversions,
  count(central_number) as central_count,
  count(distinct central_number) as central_number_count,
  count(case when central_number = '00' then 1 end) as central_alone,
  count(central_nonmalignant) as central_nonmalignant_count,
  count(distinct central_nonmalignant) as central_nonmalignant_number_count,
  count(case when central_nonmalignant = '60' then 1 end) as central_nonmalignant_alone,
  count(case when known_date < central_latest then 1 end) as central_inversions,
  max(alike_count) as largest_alike
from ordered
group by facility_id, patient_key
