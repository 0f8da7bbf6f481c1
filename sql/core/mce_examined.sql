-- One row per coded inpatient record and edit of the Medicare Code Editor that it could be put to.
--
-- An edit is put to a record when it is in force on the day of discharge and what it needs is there: the configured list
-- of the version in force names codes for it, the code tables speak of that day, or the age, sex, discharge status
-- or length of stay it looks at is known.
--
-- Key   encounter_id, edit
-- Kind  view
select
  mce_record.encounter_id,
  mce_edit_period.edit,
  mce_record.version
from core.mce_record
inner join core.mce_edit_period
  on mce_record.discharge_date >= mce_edit_period.active_from
  and mce_record.discharge_date < mce_edit_period.active_until
where
  (mce_edit_period.version is null or mce_edit_period.version = mce_record.version)
  and (mce_edit_period.edit <> 1 or mce_record.is_coded_by_table)
  and (mce_edit_period.edit not in (4, 14) or mce_record.age_years is not null)
  and (mce_edit_period.edit not in (5, 15) or mce_record.sex is not null)
  and (mce_edit_period.edit <> 16 or mce_record.discharge_disposition is not null)
  and (mce_edit_period.edit <> 19 or mce_record.stay_days is not null)
