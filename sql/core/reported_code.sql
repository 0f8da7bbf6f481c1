-- One row per code of a coded record, and how it stands in the code tables of its day.
--
-- Key       encounter_id, code_set, seq
-- Apart     encounter_id
-- Counts    code_date: the discharge of an inpatient, else the day of service (admission); codes are judged by it
--           is_examined: the configured tables say what was in force on that day; null in what follows where not
--           is_listed: the code was in its table on that day, as a code or as a header
--           is_billable: and it was complete, no header
--           is_well_formed: the structure of its code set, of admitting diagnoses and reasons for visit from 2015-10-01
--           is_poa_exempt: exempt from present-on-admission reporting on that day; inpatient diagnoses only
-- Excludes  working and baseline codes; of a record with final and billed codes the billed ones; orphans
with coded as (
  select
    encounter_id,
    case when max(case when stage = 'final' then 1 else 0 end) = 1 then 'final' else 'billed' end as stage
  from core.encounter_code
  where stage in ('final', 'billed') and code_set not in ('ADMIT_DX', 'VISIT_REASON')
  group by encounter_id
),
written as (
  select
    encounter_code.encounter_id,
    encounter_code.code_set,
    encounter_code.seq,
    encounter_code.code,
    encounter_code.poa,
    encounter_code.is_well_formed,
    encounter.patient_class,
    coalesce(encounter.facility_id, '') as facility_key,
    case
      when encounter.patient_class = 'inpatient' then encounter.discharge_date
      else coalesce(encounter.admit_date, encounter.discharge_date)
    end as code_date,
    case
      when encounter_code.code_set in ('ICD10CM', 'ADMIT_DX', 'VISIT_REASON') then 'ICD10CM'
      when encounter_code.code_set = 'ICD10PCS' then 'ICD10PCS'
    end as code_table
  from core.encounter_code
  inner join coded on coded.encounter_id = encounter_code.encounter_id and coded.stage = encounter_code.stage
  inner join core.encounter on encounter.encounter_id = encounter_code.encounter_id
),
told_day as (
  select distinct code_table_period.code_table, calendar.day as code_date
  from core.calendar
  inner join core.code_table_period
    on calendar.day >= code_table_period.valid_from and calendar.day < code_table_period.valid_until
)
select
  written.encounter_id,
  written.code_set,
  written.seq,
  written.code,
  case written.code_set
    when 'ICD10CM' then 'dx'
    when 'ICD9CM' then 'dx'
    when 'ADMIT_DX' then 'admit_dx'
    when 'VISIT_REASON' then 'visit_reason'
    when 'ICD10PCS' then 'pcs'
    when 'ICD9PCS' then 'pcs'
    else 'cpt_hcpcs'
  end as code_class,
  written.facility_key,
  written.patient_class,
  written.code_date,
  written.poa,
  case
    when written.code_set not in ('ADMIT_DX', 'VISIT_REASON') or written.code_date >= date '2015-10-01'
      then written.is_well_formed
  end as is_well_formed,
  told_day.code_date is not null as is_examined,
  case when told_day.code_date is not null then icd_code.code is not null end as is_listed,
  case when told_day.code_date is not null then coalesce(icd_code.is_billable, false) end as is_billable,
  icd_code.is_unspecified,
  icd_code.has_specific_sibling,
  case
    when written.patient_class = 'inpatient' and written.code_set = 'ICD10CM' and poa_day.code_date is not null
      then poa_exempt.code is not null
  end as is_poa_exempt
from written
left join told_day
  on told_day.code_table = written.code_table and told_day.code_date = written.code_date
left join core.icd_code
  on icd_code.code = written.code
  and icd_code.code_set = written.code_table
  and icd_code.valid_from <= written.code_date
  and icd_code.valid_until > written.code_date
left join told_day as poa_day
  on poa_day.code_table = 'POA_EXEMPT' and poa_day.code_date = written.code_date
left join core.poa_exempt
  on poa_exempt.code = written.code
  and poa_exempt.valid_from <= written.code_date
  and poa_exempt.valid_until > written.code_date
