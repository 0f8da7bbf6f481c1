-- One row per facility and day: charges posted on it.
--
-- Key       facility_id, posted_date
-- Counts    posting_count, and their amount in cents, less credits
-- Excludes  charges without a day, and those of encounters not known
select
  facility_id,
  posted_date,
  count(*) as posting_count,
  cast(sum(coalesce(amount_cents, 0)) as bigint) as amount_cents
from core.charge_event
inner join core.encounter using (encounter_id)
where posted_date is not null
group by facility_id, posted_date
