-- A patient's request for access that was denied tells when: the denial, too, has 30 days.
--
-- Severity  warn
-- Counts    one row per request for patient access denied without a time; like every denial without one it counts nowhere
select request_id
from core.roi_request
where status = 'denied' and done_at is null and requestor_type = 'patient_access'
