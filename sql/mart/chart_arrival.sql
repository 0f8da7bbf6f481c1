-- One row per discharged record of facilities that scan: how long its paper took to be received, scanned and indexed.
--
-- Key       encounter_id
-- Kind      view
-- Counts    decimal days from discharge to the first such event of any of its documents at or after discharge; whole
--           calendar days where the feed has no hours. What is scanned while the patient is in house is not the chart
--           until_at: up to when documents are told, for those not scanned yet
-- Excludes  patients in house; facilities of which no scanning (receiving, indexing) arrives have null
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  discharge_date,
  discharge_at,
  received_at,
  scanned_at,
  indexed_at,
  received_days,
  scanned_days,
  indexed_days,
  feed.as_of_at as until_at
from core.chart_arrival
cross join (select as_of_at from core.extract_as_of where extract = 'document') as feed
