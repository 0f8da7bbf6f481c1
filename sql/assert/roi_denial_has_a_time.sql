-- A request that was denied tells when.
--
-- Severity  warn
-- Counts    one row per request denied without a time; it counts nowhere
select request_id
from core.roi_request
where status = 'denied' and done_at is null
