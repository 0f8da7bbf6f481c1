-- One row per day, facility, service, class, provider and kind: open deficiencies.
--
-- Key       stock_date, facility_id, service_line, patient_class, provider_id, doc_type, action_type
-- Kind      period stock_month
-- Follows   mart.deficiency_flow day onward
--           core.snapshot_day snapshot_date
-- Counts    as things stood at the end of the day: a stock, to be read on one day and not added over days. A day on which
--           nothing is open has one row of 0, with nothing else told
--           stock_month: first day of its month
-- Excludes  cancelled (from then on), entered in error; charts awaiting analysis, until they are analysed
with month_flow as (
  select
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    month,
    sum(open_count) as open_count
  from mart.deficiency_flow
  group by facility_id, service_line, patient_class, provider_id, doc_type, action_type, month
),
carried as (
  select
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    month,
    min(month) over (
      partition by facility_id, service_line, patient_class, provider_id, doc_type, action_type
      order by month
      rows between 1 following and 1 following
    ) as next_month,
    sum(open_count) over (
      partition by facility_id, service_line, patient_class, provider_id, doc_type, action_type
      order by month
      rows between unbounded preceding and current row
    ) as open_count
  from month_flow
),
later_month as (
  select snapshot_month as month
  from core.snapshot_day
  group by snapshot_month
),
turn as (
  select facility_id, service_line, patient_class, provider_id, doc_type, action_type, month, day, open_count
  from mart.deficiency_flow
  union all
  select
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    later_month.month,
    later_month.month,
    open_count
  from carried
  inner join later_month
    on later_month.month > carried.month and later_month.month <= coalesce(next_month, date '9999-12-31')
  where open_count > 0
),
change as (
  select
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    month,
    day,
    sum(open_count) as open_count
  from turn
  group by facility_id, service_line, patient_class, provider_id, doc_type, action_type, month, day
),
stock as (
  select
    facility_id,
    service_line,
    patient_class,
    provider_id,
    doc_type,
    action_type,
    month,
    day,
    min(day) over (
      partition by facility_id, service_line, patient_class, provider_id, doc_type, action_type, month
      order by day
      rows between 1 following and 1 following
    ) as next_day,
    sum(open_count) over (
      partition by facility_id, service_line, patient_class, provider_id, doc_type, action_type, month
      order by day
      rows between unbounded preceding and current row
    ) as open_count
  from change
),
open_stock as (
  select *
  from stock
  where open_count > 0
)
select
  snapshot_date as stock_date,
  snapshot_month as stock_month,
  facility_id,
  service_line,
  patient_class,
  provider_id,
  doc_type,
  action_type,
  cast(coalesce(open_count, 0) as bigint) as open_count
from core.snapshot_day
left join open_stock
  on open_stock.month = snapshot_month
  and snapshot_date >= open_stock.day
  and snapshot_date < coalesce(next_day, date '9999-12-31')
where exists (select 1 from core.deficiency_feed)
