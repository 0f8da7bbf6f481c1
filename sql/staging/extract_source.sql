-- One row per extract that measures wait for, and source that sends it.
--
-- Key   extract, source_id
-- Kind  table
select distinct 'encounter' as extract, source_id from raw.encounter
union all
select distinct 'coding_event', source_id from raw.coding_event
union all
select distinct 'deficiency', source_id from raw.deficiency
union all
select distinct 'billing', source_id from raw.billing
union all
select distinct 'query', source_id from raw.query
union all
select distinct 'denial', source_id from raw.denial
union all
select distinct 'roi_request', source_id from raw.roi_request
union all
select distinct 'document', source_id from raw.document
union all
select distinct 'provider_interval', source_id from raw.provider_interval
