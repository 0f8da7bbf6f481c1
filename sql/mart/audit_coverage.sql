-- One row per facility, service, class, coder, day of final coding and day from which it counts: records coded, and how
-- many of them a random audit looked at.
--
-- Key       facility_id, service_line, patient_class, coder_id, coded_date, known_date
-- Kind      view
-- Counts    coded_count: encounters on the day they were first final coded, by who did it. audited_count: those of which a
--           final random audit names the same coder (any coder where the event names none), from the day the first of
--           these closed. A record audited twice counts once
--           A record coded before its facility's first audit closed counts from then on
-- Excludes  facilities of which no closed audit has arrived: that none is known is not that none was made
-- Ties      of two coders at the same moment the first in order of id
select
  facility_id,
  service_line,
  patient_class,
  coder_id,
  coded_date,
  known_date,
  coded_count,
  audited_count
from core.audit_coverage
