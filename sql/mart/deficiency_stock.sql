-- One row per day, facility, service, class, provider and kind: open deficiencies.
--
-- Key       stock_date, facility_id, service_line, patient_class, provider_id, doc_type, action_type
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days. A day on which
--           nothing is open has one row of 0, with nothing else told
-- Excludes  cancelled (from then on), entered in error; charts awaiting analysis, until they are analysed
with open_deficiency as (
  select
    snapshot_date,
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    count(*) as open_count
  from core.deficiency
  inner join core.snapshot_day
    on snapshot_date >= counted_date and snapshot_date < coalesce(closed_date, date '9999-12-31')
  where was_counted
  group by snapshot_date, facility_id, service_line, patient_class, provider_id, doc_type, action_type
)
select
  snapshot_date as stock_date,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  coalesce(open_count, 0) as open_count
from core.snapshot_day
left join open_deficiency using (snapshot_date)
where exists (select 1 from core.deficiency)
