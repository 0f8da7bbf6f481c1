-- No deficiency stays open for more than a year: its closing was probably never told.
--
-- Severity  warn
-- Counts    one row per deficiency that counts, assigned more than 365 days before the last day told of, and open
select deficiency_id
from core.deficiency
cross join (select as_of_date from core.extract_as_of where extract = 'deficiency') as feed
where was_counted and closed_date is null and day_count(assigned_date, as_of_date) > 365
