-- One row per document that a policy asks for: when it is due, and whether it was there in time.
--
-- Key       expected_id, doc_type, action_type
-- Apart     encounter_id
-- Counts    clock_at: what the policy's clock starts from; due_at: due_hours later, to the microsecond still in time
--           is_on_time: done by due_at and before before_at
--           is_day_only: the hours of documents, or of what starts the clock, are not told (core.feed_precision): then
--           done by the day as many whole days later, and by the day of before_at, is in time
--           known_at: from when the verdict stands: when it was done, or could no longer be in time, whichever came first,
--           and not before there was anything to be done
--           last_at: the last moment at which it can be in time. A document not done stands as late once that lies behind
--           the moment the extract speaks of, which moves every night (core.document_known)
--           a transcription asked for as STAT is due in the setting transcription_stat_hours, customarily 4
-- Excludes  documents no policy speaks of; clocks that start from assignment or allocation, or from an event that such a
--           document does not have
with setting as (
  select coalesce(max(cast(value as double)), 4) as stat_hours
  from core.metric_setting
  where name = 'transcription_stat_hours'
),
coarse as (
  select facility_key, extract
  from core.feed_precision
  where is_day_only
),
ruled as (
  select
    expected.*,
    policy.citation,
    case
      when expected.action_type = 'transcribe' and expected.priority = 'stat' then setting.stat_hours
      else policy.due_hours
    end as due_hours,
    case
      when expected.action_type = 'transcribe' or policy.clock_start = expected.event_clock then event_at
      when policy.clock_start = 'admit' then expected.admit_at
      when policy.clock_start = 'discharge' then expected.discharge_at
    end as clock_at,
    case
      when expected.action_type = 'transcribe' or policy.clock_start = expected.event_clock then expected.event_date
      when policy.clock_start = 'admit' then expected.admit_date
      when policy.clock_start = 'discharge' then expected.discharge_date
    end as clock_date,
    documents.extract is not null or clocks.extract is not null as is_day_only
  from core.document_expected as expected
  cross join setting
  inner join core.due_policy as policy
    on policy.facility_key = coalesce(expected.facility_id, '')
    and policy.doc_type = expected.doc_type
    and policy.action_type = expected.action_type
    and policy.patient_class = expected.patient_class
    and policy.start_date <= expected.event_date
    and (policy.end_date is null or policy.end_date > expected.event_date)
  left join coarse as documents
    on documents.facility_key = coalesce(expected.facility_id, '')
    and documents.extract = 'document'
  left join coarse as clocks
    on clocks.facility_key = coalesce(expected.facility_id, '')
    and clocks.extract = case expected.event_clock
      when 'surgery_end' then 'procedure_case'
      when 'admit' then 'encounter'
      when 'discharge' then 'encounter'
    end
),
timed as (
  select
    *,
    add_hours(clock_at, due_hours) as due_at,
    add_days(clock_date, whole_days_of_hours(due_hours)) as due_date
  from ruled
  where clock_at is not null
),
judged as (
  select
    *,
    case
      when done_at is null then false
      when is_day_only then done_date <= due_date and coalesce(done_date <= before_date, true)
      else done_at <= due_at and coalesce(done_at < before_at, true)
    end as is_on_time,
    case
      when is_day_only then start_of(add_days(earlier_of(due_date, before_date), 1))
      else earlier_of(due_at, before_at)
    end as last_at
  from timed
)
select
  expected_id,
  judged.doc_type,
  action_type,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  admit_at,
  provider_id,
  coalesce(priority, 'routine') as priority,
  event_at,
  event_date,
  clock_at,
  clock_date,
  due_hours,
  due_at,
  due_date,
  before_at,
  done_at,
  done_date,
  is_day_only,
  is_on_time,
  later_of(earlier_of(done_at, last_at), later_of(later_of(event_at, clock_at), admit_at)) as known_at,
  last_at,
  citation
from judged
