-- One row per month's end (and the last day told of), facility, service, class, provider and kind: open deficiencies.
--
-- Key       stock_date, facility_id, service_line, patient_class, provider_id, doc_type, action_type
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days
-- Excludes  cancelled, entered in error, charts awaiting analysis
with open_over_month_end as (
  select facility_id, service_line, patient_class, provider_id, doc_type, action_type, assigned_date, completed_date
  from core.deficiency
  where
    is_counted
    and assigned_date is not null
    and (completed_date is null or completed_date > month_end_of(assigned_date))
)
select
  snapshot_date as stock_date,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  count(*) as open_count
from open_over_month_end
inner join core.snapshot_day
  on snapshot_date >= assigned_date and snapshot_date < coalesce(completed_date, date '9999-12-31')
group by snapshot_date, facility_id, service_line, patient_class, provider_id, doc_type, action_type
