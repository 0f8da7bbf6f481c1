-- One row per facility of which closed audits arrive.
--
-- Key     facility_key
-- Counts  first_audit_date: the day the first of them was closed
select coalesce(facility_id, '') as facility_key, min(audit_date) as first_audit_date
from core.audit_review
where is_closed
group by coalesce(facility_id, '')
