-- One row per time that a sender wrote, of the extracts whose hours measures ask for: is it exactly midnight?
--
-- Key     extract, encounter_id, told_at
-- Counts  as written by the sender; of an encounter admission and discharge, of a document its events, of a surgical
--         case start and end, of a deficiency assignment and completion. A time written twice is told twice
with told as (
  select 'encounter' as extract, encounter_id, facility_id, admit_ts as told_at from raw.encounter
  union all
  select 'encounter', encounter_id, facility_id, discharge_ts from raw.encounter
  union all
  select 'document', encounter_id, encounter.facility_id, event_ts
  from raw.document
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'procedure_case', encounter_id, encounter.facility_id, start_ts
  from raw.procedure_case
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'procedure_case', encounter_id, encounter.facility_id, end_ts
  from raw.procedure_case
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'deficiency', encounter_id, encounter.facility_id, assigned_ts
  from raw.deficiency
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'deficiency', encounter_id, encounter.facility_id, completed_ts
  from raw.deficiency
  inner join raw.encounter as encounter using (encounter_id)
)
select
  extract,
  encounter_id,
  coalesce(facility_id, '') as facility_key,
  told_at,
  cast(told_at as time) = time '00:00:00' as is_midnight
from told
where told_at is not null
