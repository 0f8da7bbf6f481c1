-- What the marts of queries, denials and requests add up to is what core holds.
--
-- Severity  fatal
-- Counts    one row per mart whose total differs
with total as (
  select
    'query_entry, sent' as mart,
    (select sum(sent_count) from mart.query_entry) as in_mart,
    (
      select count(*)
      from core.query
      where
        is_counted
        and (is_ended or due_at < (select as_of_at from core.extract_as_of where extract = 'query'))
    ) as in_core
  union all
  select
    'query_entry, answered',
    (select sum(answered_count) from mart.query_entry),
    (select count(*) from core.query where is_counted and is_answered)
  union all
  select
    'query_entry, judged',
    (select sum(judged_count) from mart.query_entry),
    (select count(*) from core.query where is_counted and is_agreed is not null)
  union all
  select
    'cdi_discharge',
    (select sum(reviewed_count) from mart.cdi_discharge),
    (
      select count(distinct cdi_review.encounter_id)
      from core.cdi_review
      inner join core.encounter using (encounter_id)
      where patient_class = 'inpatient' and (discharge_at is not null or discharge_year is not null)
    )
  union all
  select
    'initial_denial',
    (select count(*) from mart.initial_denial),
    (select count(*) from core.denial where level = 'initial')
  union all
  select
    'roi_request',
    (select sum(done_count) from mart.roi_request),
    (select count(*) from core.roi_request where is_counted and done_at is not null and received_at is not null)
)
select mart
from total
where coalesce(in_mart, 0) <> coalesce(in_core, 0)
