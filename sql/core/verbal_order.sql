-- One row per verbal or telephone order, and when it was authenticated.
--
-- Key       order_id
-- Counts    order_at: when its document was authored. A facility that sends no such documents is counted by its
--           deficiencies for verbal orders, from assignment to completion: told_by says which
--           authenticated_at: signed or cosigned
-- Excludes  orders without a time; deficiencies cancelled or entered in error, on charts that need no analysis, or that
--           ask for something other than a signature
with by_deficiency as (
  select deficiency.*
  from core.deficiency
  left join core.facility_document as sent
    on sent.facility_key = coalesce(deficiency.facility_id, '')
    and sent.doc_type = 'VERBAL_ORDER'
    and sent.has_authorship
  where deficiency.doc_type = 'VERBAL_ORDER' and sent.facility_key is null
)
select
  document_id as order_id,
  encounter_id,
  provider_id,
  'document' as told_by,
  authored_at as order_at,
  authored_date as order_date,
  signed_at as authenticated_at,
  signed_date as authenticated_date
from core.document_milestone
where doc_type = 'VERBAL_ORDER' and authored_at is not null
union all
select
  deficiency_id,
  encounter_id,
  provider_id,
  'deficiency',
  assigned_at,
  assigned_date,
  completed_at,
  completed_date
from by_deficiency
where is_standing and cancelled_at is null and not is_orphan and action_type in ('sign', 'cosign') and assigned_at is not null
