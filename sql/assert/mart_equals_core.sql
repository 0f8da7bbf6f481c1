-- What a mart adds up to is what core holds.
--
-- Severity  fatal
-- Counts    one row per mart whose total differs
with total as (
  select
    'encounter_day' as mart,
    (select sum(encounter_count) from mart.encounter_day) as in_mart,
    (select count(*) from core.encounter) as in_core
  union all
  select
    'audit_record_class',
    (select sum(opportunity_count) from mart.audit_record_class),
    (select sum(match_count + revised_count + omitted_count + unsupported_count) from core.audit_score)
  union all
  select
    'audit_record',
    (select sum(record_count) from mart.audit_record),
    (select count(*) from core.audit_review where is_scored)
  union all
  select
    'deficiency_turnaround',
    (select count(*) from mart.deficiency_turnaround),
    (select count(*) from core.deficiency where is_counted and turnaround_days is not null)
  union all
  select
    'record_day',
    (select sum(incomplete_count) from mart.record_day where stock_date = (select max(stock_date) from mart.record_day)),
    (
      select count(distinct encounter_id)
      from core.deficiency
      where
        was_counted
        and later_of(counted_date, discharge_date) <= (select max(stock_date) from mart.record_day)
        and discharge_date is not null
        and (closed_date is null or closed_date > (select max(stock_date) from mart.record_day))
    )
  union all
  select
    'delinquency_day',
    (
      select sum(delinquent_count)
      from mart.delinquency_day
      where snapshot_date = (select max(snapshot_date) from core.snapshot_day)
    ),
    (
      select count(distinct encounter_id)
      from core.delinquency
      where
        delinquent_date <= (select max(snapshot_date) from core.snapshot_day)
        and (closed_date is null or closed_date > (select max(snapshot_date) from core.snapshot_day))
    )
  union all
  select
    'signature_worklist',
    (select count(distinct encounter_id) from mart.signature_worklist where forecast_count = 1),
    (select sum(soon_count) from mart.record_day where stock_date = (select max(stock_date) from mart.record_day))
  union all
  select
    'dnfc_day',
    (select sum(uncoded_count) from mart.dnfc_day where stock_date = (select max(stock_date) from mart.dnfc_day)),
    (
      select count(*)
      from core.uncoded_interval
      where
        start_date <= (select max(stock_date) from mart.dnfc_day)
        and (end_date is null or end_date > (select max(stock_date) from mart.dnfc_day))
    )
  union all
  select 'registry_case', (select count(*) from mart.registry_case), (select count(*) from core.tumor)
)
select mart
from total
where coalesce(in_mart, 0) <> coalesce(in_core, 0)
