-- One row per malignant case and per death from cancer that abstracts tell of: what the mortality to incidence ratio is of.
--
-- Key       event, facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts    event: case (on the day of diagnosis) or death (on that of last contact, once a patient)
--           case_count, death_count: 1 or 0
--           cancer_site: ICD-10 category, C81-C96 as one. Of a case its site, but for melanoma of the skin (C43), mesothelioma
--           (C45), Kaposi sarcoma (C46) and hematopoietic neoplasms; of a death its underlying cause, C00 to C97
--           event_year: of diagnosis, or of death
-- Excludes  what is not malignant, but for in situ of the urinary bladder; deaths of another cause, of one not told, or coded
--           by another revision than ICD-10; events without a date; sources that never tell a cause of death
-- Ties      a death stands with the patient's first abstract in order of record and sequence number, then of site
-- Source    IARC, Comparability and quality control in cancer registration; NAACCR items 1910 and 1920
with sent as (
  select source_id
  from core.tumor
  group by source_id
  having count(causeOfDeath) > 0
),
told as (
  select tumor.*
  from core.tumor
  inner join sent on sent.source_id = tumor.source_id
),
death as (
  select
    *,
    upper(trim(causeOfDeath)) as cause,
    row_number() over (
      partition by facility_id, patient_key
      order by tumorRecordNumber, sequenceNumberHospital, primarySite
    ) as place
  from told
  where
    vitalStatus = '0'
    and upper(trim(causeOfDeath)) between 'C00' and 'C979'
    and coalesce(icdRevisionNumber, '1') = '1'
)
select
  'case' as event,
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_date as event_date,
  cast(diagnosis_year as varchar) as event_year,
  case
    when histologicTypeIcdO3 between '9590' and '9993' then 'C81-C96'
    when histologicTypeIcdO3 between '9050' and '9055' then 'C45'
    when histologicTypeIcdO3 = '9140' then 'C46'
    when site_code = 'C44' and histologicTypeIcdO3 between '8720' and '8790' then 'C43'
    else site_code
  end as cancer_site,
  1 as case_count,
  0 as death_count
from told
where
  diagnosis_date is not null
  and (behaviorCodeIcdO3 = '3' or behaviorCodeIcdO3 = '2' and site_code = 'C67')
union all
select
  'death',
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  last_contact_date,
  cast(year_of(last_contact_date) as varchar),
  case when substr(cause, 1, 3) between 'C81' and 'C96' then 'C81-C96' else substr(cause, 1, 3) end,
  0,
  1
from death
where place = 1 and last_contact_date is not null
