-- One row per extract and facility: how many of its times are told, and how many of them stand at exactly midnight.
--
-- Key     extract, facility_key
-- Kind    table
-- Counts  as written by the sender; of an encounter admission and discharge, of a document its events, of a surgical
--         case start and end, of a deficiency assignment and completion
with told as (
  select 'encounter' as extract, facility_id, admit_ts as moment from raw.encounter
  union all
  select 'encounter', facility_id, discharge_ts from raw.encounter
  union all
  select 'document', encounter.facility_id, event_ts
  from raw.document
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'procedure_case', encounter.facility_id, start_ts
  from raw.procedure_case
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'procedure_case', encounter.facility_id, end_ts
  from raw.procedure_case
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'deficiency', encounter.facility_id, assigned_ts
  from raw.deficiency
  inner join raw.encounter as encounter using (encounter_id)
  union all
  select 'deficiency', encounter.facility_id, completed_ts
  from raw.deficiency
  inner join raw.encounter as encounter using (encounter_id)
)
select
  extract,
  coalesce(facility_id, '') as facility_key,
  count(*) as time_count,
  count(case when cast(moment as time) = time '00:00:00' then 1 end) as midnight_count
from told
where moment is not null
group by extract, coalesce(facility_id, '')
