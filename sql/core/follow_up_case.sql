-- One row per tumor abstract whose patient a hospital's registry follows for life.
--
-- Key       facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts    last_contact_date: of the abstract; due_date: twelve months later, or after first contact, else diagnosis,
--           where no contact is told
--           delinquent_date: the first day more than fifteen months after it
--           is_dead: the vital status is dead
-- Excludes  cases not analytic or never treated here (class of case other than 10 to 22); benign and borderline tumors;
--           in situ cervix; basal and squamous carcinoma of the skin, in situ or localized; residents of foreign countries;
--           patients older than 100 on the last day told of; sources that never tell a last contact
-- Source    CoC follow-up; training.seer.cancer.gov/followup: delinquent without information for 15 months
with sent as (
  select source_id
  from core.tumor
  group by source_id
  having count(last_contact_date) > 0
)
select
  tumor.source_id,
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  accessionNumberHosp,
  site_code,
  classOfCase as class_of_case,
  diagnosis_date,
  diagnosis_year,
  last_contact_date,
  add_months(coalesce(last_contact_date, first_contact_date, diagnosis_date), 12) as due_date,
  add_days(add_months(coalesce(last_contact_date, first_contact_date, diagnosis_date), 15), 1) as delinquent_date,
  coalesce(vitalStatus = '0', false) as is_dead,
  as_of_date
from core.tumor
inner join sent on sent.source_id = tumor.source_id
inner join core.registry_as_of as registry on registry.source_id = tumor.source_id
where
  classOfCase between '10' and '22'
  and coalesce(behaviorCodeIcdO3, '3') in ('2', '3')
  and not coalesce(site_code = 'C53' and behaviorCodeIcdO3 = '2', false)
  and not coalesce(
    site_code = 'C44'
    and histologicTypeIcdO3 between '8050' and '8110'
    and (behaviorCodeIcdO3 = '2' or summary_stage in ('0', '1')),
    false
  )
  and coalesce(addrAtDxCountry, 'USA') in ('USA', 'PRI', 'GUM', 'VIR', 'ASM', 'MNP', 'UMI', 'ZZU', 'ZZN', 'ZZX')
  and (birth_date is null or add_months(birth_date, 1212) > as_of_date)
