-- One row per document: when what happened to it.
--
-- Key     document_id
-- Apart   document_id
-- Counts  the first event of each kind. written_at: the first by which somebody wrote or dictated it; documented_at: the
--         first by which it stands in the chart (a dictation alone does not); signed_at: signed or cosigned
-- Ties    a document sent with several encounters or kinds belongs to the first in the alphabet; its provider is that of
--         its first event
select
  document_id,
  min(encounter_id) as encounter_id,
  min(doc_type) as doc_type,
  max(priority) as priority,
  first_by(provider_id, event_at) as provider_id,
  min(case when event = 'authored' then event_at end) as authored_at,
  min(case when event = 'authored' then event_date end) as authored_date,
  min(case when event = 'dictated' then event_at end) as dictated_at,
  min(case when event = 'dictated' then event_date end) as dictated_date,
  min(case when event = 'transcribed' then event_at end) as transcribed_at,
  min(case when event = 'transcribed' then event_date end) as transcribed_date,
  min(case when event in ('authored', 'dictated', 'transcribed', 'signed', 'cosigned') then event_at end) as written_at,
  min(case when event in ('authored', 'dictated', 'transcribed', 'signed', 'cosigned') then event_date end)
    as written_date,
  min(case when event in ('authored', 'transcribed', 'signed', 'cosigned') then event_at end) as documented_at,
  min(case when event in ('authored', 'transcribed', 'signed', 'cosigned') then event_date end) as documented_date,
  min(case when event in ('signed', 'cosigned') then event_at end) as signed_at,
  min(case when event in ('signed', 'cosigned') then event_date end) as signed_date
from core.document
group by document_id
