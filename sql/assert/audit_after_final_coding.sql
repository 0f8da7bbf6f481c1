-- An audit begins once the record is final coded, pre-bill audits apart.
--
-- Severity  warn
-- Counts    one row per audit opened before the encounter's final coding, or, of encounters with coding events, without one
select review.audit_id
from core.audit_review as review
inner join core.coding_milestone as milestone on milestone.encounter_id = review.encounter_id
where
  review.audit_type <> 'prebill'
  and review.audit_opened_at is not null
  and (milestone.final_coded_at is null or review.audit_opened_at < milestone.final_coded_at)
