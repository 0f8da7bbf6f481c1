-- One row per edit of the Medicare Code Editor, facility, service, payer, coder and day of discharge: coded inpatient records.
--
-- Key     edit, facility_id, service_line, payer_class, coder_id, discharge_date
-- Counts  record_count: records the edit could be put to; hit_count: those that hit it
select
  mce_examined.edit,
  encounter.facility_id,
  encounter.service_line,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  encounter.discharge_date,
  count(*) as record_count,
  count(mce_hit.encounter_id) as hit_count
from core.mce_examined
inner join core.encounter on encounter.encounter_id = mce_examined.encounter_id
left join core.coding_milestone on coding_milestone.encounter_id = mce_examined.encounter_id
left join core.mce_hit on mce_hit.encounter_id = mce_examined.encounter_id and mce_hit.edit = mce_examined.edit
group by
  mce_examined.edit,
  encounter.facility_id,
  encounter.service_line,
  encounter.primary_payer_class,
  coding_milestone.coder_id,
  encounter.discharge_date
