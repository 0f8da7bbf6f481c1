-- A CDI audit tells all three of its counts, and no more errors than queries.
--
-- Severity  warn
-- Counts    one row per review; one that tells only some is left out of query compliance, one with more errors counts below zero
select encounter_id
from core.cdi_review
where
  compliance_errors > query_opportunities
  or (
    coalesce(query_opportunities, missed_opportunities, compliance_errors) is not null
    and (query_opportunities is null or missed_opportunities is null or compliance_errors is null)
  )
