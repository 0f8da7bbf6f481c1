-- One row per facility and kind of document that arrives of it, and which of its events do.
--
-- What never arrives is not known: a facility that sends no operative reports is not one that writes none.
--
-- Key     facility_key, doc_type
-- Counts  has_writing: authored, dictated or transcribed; has_authorship: authored; has_transcription; has_signature
select
  facility_key,
  doc_type,
  max(case when event in ('authored', 'dictated', 'transcribed', 'signed', 'cosigned') then 1 else 0 end) = 1
    as has_writing,
  max(case when event = 'authored' then 1 else 0 end) = 1 as has_authorship,
  max(case when event = 'transcribed' then 1 else 0 end) = 1 as has_transcription,
  max(case when event in ('signed', 'cosigned') then 1 else 0 end) = 1 as has_signature
from core.document_arrival
group by facility_key, doc_type
