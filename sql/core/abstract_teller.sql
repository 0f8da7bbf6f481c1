-- One row per facility whose auditors tell of changed dates and providers, line by line: in how many audits they do.
--
-- Key  facility_key
with changed as (
  select audit_id
  from staging.audit_code
  where error_type in ('px_date_changed', 'px_provider_changed', 'consult_provider_changed')
  group by audit_id
)
select coalesce(review.facility_id, '') as facility_key, count(*) as audit_count
from core.audit_review as review
inner join changed on changed.audit_id = review.audit_id
group by coalesce(review.facility_id, '')
