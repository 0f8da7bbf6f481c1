-- Every audit looks at an encounter that has arrived, and every line of a worksheet belongs to an audit.
--
-- Severity  warn
-- Counts    one row per audit without its encounter, one per worksheet without its audit
select audit_id
from core.audit_review
where is_orphan
union all
select distinct audit_id
from core.audit_entry
where audit_id not in (select audit_id from core.audit_review)
