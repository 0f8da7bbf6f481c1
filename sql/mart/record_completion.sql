-- One row per discharged record whose chart has been analysed: when it was complete.
--
-- Key       encounter_id
-- Kind      view
-- Counts    complete once every deficiency is, and never before the chart was analysed: completed_at is the later of
--           the last completion and the analysis; a chart without deficiencies is complete when analysed. Null while
--           any is open
--           an open record is watched until until_at: when it was last observed, else when the deficiency feed was
--           complete_days from discharge, decimal
--           known_at: when the record came to count, with the analysis of its chart; where nobody tells of that, with the
--           first deficiency
--           deficiency_count ÷ record_count; clean_count 1 where it never had a deficiency
-- Excludes  charts awaiting analysis (counted beside, not as complete) and charts that need none; patients in house;
--           charts of which the sender gives no time of completion
select
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  provider_id,
  discharge_date,
  discharge_at,
  deficiency_count,
  record_count,
  clean_count,
  known_at,
  completed_at,
  coalesce(observed_until_at, feed.as_of_at) as until_at,
  complete_days
from core.record_completion
cross join (select as_of_at from core.extract_as_of where extract = 'deficiency') as feed
