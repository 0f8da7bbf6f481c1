-- No query that is said to have had no response has a time of response.
--
-- Severity  warn
-- Examines  staging.query where outcome = 'no_response'
-- Counts    one row per query; it counts as not answered
select query_id
from staging.query
where outcome = 'no_response' and responded_at is not null
