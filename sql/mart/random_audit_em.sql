-- One row per record audited at random and family of evaluation and management codes, levels compared.
--
-- Key     audit_id, em_family
-- Counts  same_count + over_count + under_count = em_count; over: the coder's level is higher than the auditor's
select
  audit_id,
  family as em_family,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.audit_date,
  count(*) as em_count,
  sum(case when coder_level = auditor_level then 1 else 0 end) as same_count,
  sum(case when coder_level > auditor_level then 1 else 0 end) as over_count,
  sum(case when coder_level < auditor_level then 1 else 0 end) as under_count
from core.audit_em
inner join core.audit_review as review using (audit_id)
where sample = 'random'
group by
  audit_id,
  family,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.audit_date
