-- Every row of an extract is in its core table: none is lost, none comes twice.
--
-- Severity  fatal
-- Counts    one row per table whose number of rows differs; no core table excludes rows, orphans and cancelled ones
--           included
with arrived as (
  select 'encounter' as relation, count(*) as row_count from raw.encounter
  union all select 'encounter_code', count(*) from raw.encounter_code
  union all select 'encounter_drg', count(*) from raw.encounter_drg
  union all select 'coding_event', count(*) from raw.coding_event
  union all select 'audit_review', count(*) from raw.audit_review
  union all select 'deficiency', count(*) from raw.deficiency
  union all select 'billing', count(*) from raw.billing
  union all select 'billing_hold', count(*) from raw.billing_hold
  union all select 'charge_event', count(*) from raw.charge_event
  union all select 'document', count(*) from raw.document
  union all select 'procedure_case', count(*) from raw.procedure_case
  union all select 'tumor', count(*) from raw.tumor
  union all select 'provider_interval', count(start_at) from staging.provider_interval
),
kept as (
  select 'encounter' as relation, count(*) as row_count from core.encounter
  union all select 'encounter_code', count(*) from core.encounter_code
  union all select 'encounter_drg', count(*) from core.encounter_drg
  union all select 'coding_event', count(*) from core.coding_event
  union all select 'audit_review', count(*) from core.audit_review
  union all select 'deficiency', count(*) from core.deficiency
  union all select 'billing', count(*) from core.billing
  union all select 'billing_hold', count(*) from core.billing_hold
  union all select 'charge_event', count(*) from core.charge_event
  union all select 'document', count(*) from core.document
  union all select 'procedure_case', count(*) from core.procedure_case
  union all select 'tumor', count(*) from core.tumor
  union all select 'provider_interval', coalesce(sum(interval_count), 0) from core.provider_interval
)
select relation
from arrived
inner join kept using (relation)
where arrived.row_count <> kept.row_count
