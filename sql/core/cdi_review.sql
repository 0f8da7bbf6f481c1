-- One row per look of a CDI specialist at a record.
--
-- Key  encounter_id, review_no
select
  encounter_id,
  review_no,
  reviewer_id,
  review_at,
  review_date,
  query_opportunities,
  missed_opportunities,
  compliance_errors
from staging.cdi_review
