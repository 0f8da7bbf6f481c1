-- One row per tumor abstract of a year of diagnosis that counts, with the days of diagnosis and last contact, their unknown
-- parts filled as SEER does: with the middle of what is possible.
--
-- Key       patient_key, place
-- Counts    place: the patient's tumors in order, from 1. Possible are the days between the patient's dates before and
--           after: birth (for the first), the other diagnoses, last contact. Several unknown in a row halve what is left one
--           after the other
--           contact_date: as filled; not known where its year is not, where a patient's abstracts tell different ones or
--           different vital status (has_one_contact is then false), or where it lies after the source's as-of date
-- Excludes  years of diagnosis not known, before 1900 or after the cut-off
-- Ties      by date and sequence number; among the dates of a year or month, one of which is not complete, by sequence
--           number, then by the key
-- Source    SEER survival time, seer.cancer.gov/survivaltime; steps 1 and 2 of the SEER programs and of imsweb's
--           SurvivalTimeUtils 2.2
with patient as (
  select
    patient_key,
    min(birth_year) as birth_year,
    min(birth_month) as birth_month,
    min(birth_day) as birth_day,
    min(contact_year) as contact_year,
    min(contact_month) as contact_month,
    min(contact_day) as contact_day,
    count(distinct coalesce(dateOfLastContact, '')) = 1 and count(distinct coalesce(vitalStatus, '')) = 1 as has_one_contact
  from staging.tumor_value
  group by patient_key
),
contact as (
  select
    patient_key,
    birth_year,
    birth_month,
    case when birth_month is not null then birth_day end as birth_day,
    has_one_contact,
    case
      when
        contact_year >= 1900
        and (
          as_of_date is null
          or contact_year < year_of(as_of_date)
          or contact_year = year_of(as_of_date)
          and (
            contact_month is null
            or contact_month < month_number_of(as_of_date)
            or contact_month = month_number_of(as_of_date)
            and (contact_day is null or add_days(month_from(contact_year, contact_month), contact_day - 1) <= as_of_date)
          )
        ) then contact_year
    end as contact_year,
    contact_month,
    case when contact_month is not null then contact_day end as contact_day,
    year_of(cutoff_date) as cutoff_year
  from patient
  cross join core.survival_cutoff
),
diagnosis as (
  select
    tumor.*,
    count(diagnosis_month) over (partition by tumor.patient_key, diagnosis_year)
      = count(*) over (partition by tumor.patient_key, diagnosis_year) as has_months,
    count(diagnosis_day) over (partition by tumor.patient_key, diagnosis_year, diagnosis_month)
      = count(*) over (partition by tumor.patient_key, diagnosis_year, diagnosis_month) as has_days
  from staging.tumor_value as tumor
  inner join contact on contact.patient_key = tumor.patient_key
  where diagnosis_year between 1900 and cutoff_year
),
placed as (
  select
    *,
    row_number() over (
      partition by patient_key
      order by
        diagnosis_year,
        case when has_months then diagnosis_month else 0 end,
        case when has_months and has_days then diagnosis_day else 0 end,
        sequence_number,
        primarySite,
        coalesce(tumorRecordNumber, ''),
        coalesce(sequenceNumberHospital, ''),
        coalesce(facility_id, ''),
        coalesce(histologicTypeIcdO3, '')
    ) as place
  from diagnosis
),
-- Only dates of patients with an incomplete one are to be filled.
incomplete as (
  select placed.patient_key
  from placed
  inner join contact on contact.patient_key = placed.patient_key
  where
    placed.diagnosis_day is null
    or contact.contact_year is not null and (contact.contact_month is null or contact.contact_day is null)
  group by placed.patient_key
),
line as (
  select
    placed.patient_key,
    place,
    0 as is_contact,
    diagnosis_year as told_year,
    diagnosis_month as told_month,
    diagnosis_day as told_day
  from placed
  inner join incomplete on incomplete.patient_key = placed.patient_key
  union all
  select contact.patient_key, 1000000, 1, contact.contact_year, contact.contact_month, contact.contact_day
  from contact
  inner join incomplete on incomplete.patient_key = contact.patient_key
  where contact_year is not null
),
in_month as (
  select
    *,
    max(told_day) over (
      partition by patient_key, told_year, told_month
      order by place
      rows between unbounded preceding and 1 preceding
    ) as day_before,
    min(told_day) over (
      partition by patient_key, told_year, told_month
      order by place
      rows between 1 following and unbounded following
    ) as day_after,
    count(told_day) over (partition by patient_key, told_year, told_month order by place) as days_before,
    min(place) over (partition by patient_key, told_year, told_month) as first_place
  from line
),
day_filled as (
  select
    in_month.patient_key,
    place,
    is_contact,
    told_year,
    told_month,
    told_day,
    birth_year,
    birth_month,
    birth_day,
    row_number() over (partition by in_month.patient_key, told_year, told_month, days_before order by place)
      - case when days_before > 0 then 1 else 0 end as gap_no,
    coalesce(
      day_before,
      case when first_place = 1 and birth_year = told_year and birth_month = told_month then birth_day end,
      1
    ) as first_day,
    coalesce(day_after, day_count(month_from(told_year, told_month), month_end_of(month_from(told_year, told_month))) + 1)
      as last_day
  from in_month
  inner join contact on contact.patient_key = in_month.patient_key
),
dated as (
  select
    *,
    case
      when told_month is not null
        then add_days(
          month_from(told_year, told_month),
          coalesce(told_day, last_day - halved(last_day - first_day, gap_no)) - 1
        )
    end as date_known
  from day_filled
),
in_year as (
  select
    *,
    max(date_known) over (
      partition by patient_key, told_year
      order by place
      rows between unbounded preceding and 1 preceding
    ) as date_before,
    min(date_known) over (
      partition by patient_key, told_year
      order by place
      rows between 1 following and unbounded following
    ) as date_after,
    count(date_known) over (partition by patient_key, told_year order by place) as dates_before,
    min(place) over (partition by patient_key, told_year) as first_place_of_year
  from dated
),
bounded as (
  select
    *,
    row_number() over (partition by patient_key, told_year, dates_before order by place)
      - case when dates_before > 0 then 1 else 0 end as year_gap_no,
    coalesce(
      date_before,
      case
        when first_place_of_year = 1 and birth_year = told_year and birth_month is not null
          then add_days(month_from(birth_year, birth_month), coalesce(birth_day, 1) - 1)
      end,
      month_from(told_year, 1)
    ) as first_date,
    coalesce(date_after, month_end_of(month_from(told_year, 12))) as last_date
  from in_year
),
filled as (
  select
    patient_key,
    place,
    is_contact,
    coalesce(date_known, add_days(last_date, -halved(day_count(first_date, last_date), year_gap_no))) as filled_date
  from bounded
)
select
  placed.source_id,
  placed.facility_id,
  placed.patient_key,
  placed.tumorRecordNumber,
  placed.sequenceNumberHospital,
  placed.primarySite,
  placed.place,
  placed.typeOfReportingSource,
  placed.vitalStatus as vital_status,
  diagnosis_year,
  diagnosis_month,
  diagnosis_day,
  coalesce(own.filled_date, add_days(month_from(diagnosis_year, diagnosis_month), diagnosis_day - 1)) as diagnosis_date,
  contact.contact_year,
  case when contact.contact_year is not null then contact.contact_month end as contact_month,
  case when contact.contact_year is not null then contact.contact_day end as contact_day,
  coalesce(last_contact.filled_date, add_days(month_from(contact.contact_year, contact.contact_month), contact.contact_day - 1))
    as contact_date,
  has_one_contact
from placed
inner join contact on contact.patient_key = placed.patient_key
left join filled as own on own.patient_key = placed.patient_key and own.place = placed.place and own.is_contact = 0
left join filled as last_contact on last_contact.patient_key = placed.patient_key and last_contact.is_contact = 1
