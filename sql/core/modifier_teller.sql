-- One row per facility whose auditors tell of changed modifiers: in how many findings they do.
--
-- Key  facility_key
select coalesce(review.facility_id, '') as facility_key, count(*) as finding_count
from core.audit_finding as finding
inner join core.audit_review as review on review.audit_id = finding.audit_id
where finding.modifier_changed_count > 0
group by coalesce(review.facility_id, '')
