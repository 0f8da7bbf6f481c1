-- One row per coded inpatient record and edit of the Medicare Code Editor that it hits.
--
-- Key       encounter_id, edit
-- Counts    4: age outside the rule's; 90 stands for 90 and over. 5: a diagnosis or procedure of the other sex
--           6, 8, 9: as principal diagnosis. 11: non-covered procedure, two of them over 60 only. 14: age not 0 to 124
--           15: sex neither female nor male. 16: discharge status that is none on that day
--           19: the procedure in a stay under 96 hours, that is 4 days
-- Excludes  edits that are not in force on the day of discharge, or could not be put to the record
with code as (
  select
    reported_code.encounter_id,
    reported_code.seq,
    reported_code.code,
    case reported_code.code_set when 'ICD10CM' then 'dx' else 'px' end as code_kind,
    reported_code.is_examined and (not reported_code.is_listed or not reported_code.is_billable) as is_invalid,
    mce_record.version,
    mce_record.age_years,
    mce_record.sex,
    mce_record.stay_days
  from core.reported_code
  inner join core.mce_record on mce_record.encounter_id = reported_code.encounter_id
  where reported_code.code_set in ('ICD10CM', 'ICD10PCS')
),
principal as (
  select encounter_id, code from code where code_kind = 'dx' and seq = 1
),
hit as (
  select encounter_id, 1 as edit from code where is_invalid
  union all
  select encounter_id, 2 from principal where substr(code, 1, 1) in ('V', 'W', 'X', 'Y')
  union all
  select code.encounter_id, 3
  from code
  inner join principal on principal.encounter_id = code.encounter_id and principal.code = code.code
  where code.code_kind = 'dx' and code.seq > 1
  union all
  select code.encounter_id, mce_code.edit
  from code
  inner join core.mce_code
    on mce_code.code = code.code and mce_code.code_kind = code.code_kind and mce_code.version = code.version
  where
    case mce_code.edit
      when 4 then code.age_years < mce_code.age_from or code.age_years > mce_code.age_to
      when 5 then mce_code.rule = 'female' and code.sex = 'male' or mce_code.rule = 'male' and code.sex = 'female'
      when 6 then code.seq = 1
      when 8 then code.seq = 1
      when 9 then code.seq = 1
      when 11 then mce_code.rule <> 'noncovered_over_60' or code.age_years > 60
      when 19 then code.stay_days < 4
      else true
    end
  union all
  select encounter_id, 14 from core.mce_record where age_years not between 0 and 124
  union all
  select encounter_id, 15 from core.mce_record where sex not in ('female', 'male')
  union all
  select mce_record.encounter_id, 16
  from core.mce_record
  left join reference.discharge_status
    on discharge_status.discharge_disposition = mce_record.discharge_disposition
    and coalesce(discharge_status.active_from, date '0001-01-01') <= mce_record.discharge_date
    and coalesce(discharge_status.active_to, date '9999-12-31') > mce_record.discharge_date
  where mce_record.discharge_disposition is not null and discharge_status.discharge_disposition is null
)
select distinct
  hit.encounter_id,
  hit.edit
from hit
inner join core.mce_examined on mce_examined.encounter_id = hit.encounter_id and mce_examined.edit = hit.edit
