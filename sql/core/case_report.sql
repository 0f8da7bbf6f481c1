-- One row per surgical case and kind of report it asks for: the operative report, and the brief note.
--
-- Key       procedure_case_id, doc_type
-- Counts    reports name no case: of an encounter with several, the first report written goes with the first case, the
--           second with the second, and so on. Written or dictated is enough
--           a brief note is made good by the operative report itself, if that comes first
-- Ties      cases and reports of one moment by their ids
-- Excludes  cases at the bedside and in procedure rooms (a place not told is taken as an operating room); cases without
--           an end
with surgical_case as (
  select
    procedure_case_id,
    encounter_id,
    surgeon_id,
    end_at,
    end_date,
    row_number() over (partition by encounter_id order by start_at, procedure_case_id) as case_no
  from core.procedure_case
  where location = 'operating_room' or location is null
),
report as (
  select
    encounter_id,
    doc_type,
    written_at,
    written_date,
    row_number() over (partition by encounter_id, doc_type order by written_at, document_id) as case_no
  from core.document_milestone
  where doc_type in ('OP', 'OP_BRIEF') and written_at is not null
)
select
  procedure_case_id,
  'OP' as doc_type,
  surgical_case.encounter_id,
  surgeon_id,
  end_at,
  end_date,
  written_at,
  written_date
from surgical_case
left join report
  on report.encounter_id = surgical_case.encounter_id
  and report.case_no = surgical_case.case_no
  and report.doc_type = 'OP'
where end_at is not null
union all
select
  procedure_case_id,
  'OP_BRIEF',
  surgical_case.encounter_id,
  surgeon_id,
  end_at,
  end_date,
  earlier_of(brief.written_at, full_report.written_at),
  earlier_of(brief.written_date, full_report.written_date)
from surgical_case
left join report as brief
  on brief.encounter_id = surgical_case.encounter_id
  and brief.case_no = surgical_case.case_no
  and brief.doc_type = 'OP_BRIEF'
left join report as full_report
  on full_report.encounter_id = surgical_case.encounter_id
  and full_report.case_no = surgical_case.case_no
  and full_report.doc_type = 'OP'
where end_at is not null
