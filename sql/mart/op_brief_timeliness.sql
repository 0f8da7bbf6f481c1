-- One row per surgical case that asks for a brief note: was it, or the report, there in time?
--
-- Key       expected_id
-- Kind      view
-- Counts    due_count 1 a row; on_time_count 1 where it was; see core.document_due
--           precision: hours where they are told, else days
-- Excludes  what is neither done nor late yet
select
  expected_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  case when is_day_only then 'days' else 'hours' end as precision,
  clock_at,
  clock_date,
  due_at,
  done_at,
  known_at,
  1 as due_count,
  case when is_on_time then 1 else 0 end as on_time_count
from core.document_known
where doc_type = 'OP_BRIEF' and action_type = 'perform' and is_known
