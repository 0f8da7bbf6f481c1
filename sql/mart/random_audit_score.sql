-- One row per record audited at random and weighted part of its score.
--
-- Key       audit_id, part
-- Counts    correct_weight_e4 ÷ opportunity_weight_e4 is the weighted score (CA18): counts of core.audit_part times the
--           weight that the setting score_weights gives the part on the day of the audit, in ten-thousandths
-- Excludes  parts without a weight; without score_weights there is no row, and no score
-- Ties      of several weights on one day the facility's own, then the one valid from the latest day, then the highest
with weighed as (
  select
    part.audit_id,
    part.part,
    correct_count,
    opportunity_count,
    weight_e4,
    row_number() over (
      partition by part.audit_id, part.part
      order by case when weight.facility_id is null then 1 else 0 end, valid_from desc nulls last, weight_e4 desc
    ) as place
  from core.audit_part as part
  inner join core.audit_review as review on review.audit_id = part.audit_id
  inner join core.score_weight as weight
    on weight.part = part.part
    and (weight.facility_id is null or weight.facility_id = review.facility_id)
    and (valid_from is null or valid_from <= review.audit_date)
    and (valid_to is null or valid_to > review.audit_date)
  where review.sample = 'random'
)
select
  audit_id,
  part,
  review.facility_id,
  review.service_line,
  review.patient_class,
  review.coder_id,
  review.auditor_id,
  review.audit_type,
  review.sample_method,
  review.audit_date,
  correct_count * weight_e4 as correct_weight_e4,
  opportunity_count * weight_e4 as opportunity_weight_e4
from weighed
inner join core.audit_review as review using (audit_id)
where place = 1
