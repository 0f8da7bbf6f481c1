-- One row per CDI review that was itself audited: opportunities to query, taken, missed and badly taken.
--
-- Key       encounter_id, review_no
-- Counts    opportunity_count: opportunities taken and missed; compliant_count: those taken less the errors, which is
--           opportunity_count − errors − missed
-- Excludes  reviews of which the audit does not tell all three counts
select
  cdi_review.encounter_id,
  review_no,
  encounter.facility_id,
  encounter.service_line,
  reviewer_id,
  review_date,
  query_opportunities - compliance_errors as compliant_count,
  query_opportunities + missed_opportunities as opportunity_count
from core.cdi_review
left join core.encounter using (encounter_id)
where query_opportunities is not null and missed_opportunities is not null and compliance_errors is not null
