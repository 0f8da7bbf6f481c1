-- A second review looks once more at the encounter of an audit that has arrived, by another auditor.
--
-- Severity  warn
-- Counts    one row per second review of an audit that is not there or is a second review itself, of another encounter, or
--           by the same auditor: it tells nothing of how auditors agree
select second.audit_id
from core.audit_review as second
left join core.audit_review as first on first.audit_id = second.is_second_review_of
where
  second.is_second_review_of is not null
  and (
    first.audit_id is null
    or first.is_second_review_of is not null
    or first.encounter_id <> second.encounter_id
    or first.auditor_id = second.auditor_id
  )
