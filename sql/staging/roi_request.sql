-- One row per request for release of information, its times in UTC and its dates by the facility's calendar.
--
-- Key  request_id
with told as (
  select
    roi_request.*,
    coalesce(facility.tz, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(facility.tz, source.timezone, 'UTC') end as clock
  from raw.roi_request as roi_request
  left join raw.facility as facility using (facility_id)
  left join raw.source as source on source.source_id = roi_request.source_id
)
select
  request_id,
  facility_id,
  requestor_type,
  utc_at(received_ts, clock, received.turn) as received_at,
  date_at(received_ts, clock, told.zone) as received_date,
  utc_at(due_ts, clock, due.turn) as due_at,
  date_at(due_ts, clock, told.zone) as due_date,
  extended_flag,
  utc_at(fulfilled_ts, clock, fulfilled.turn) as fulfilled_at,
  date_at(fulfilled_ts, clock, told.zone) as fulfilled_date,
  status,
  source_id
from told
left join staging.clock as received on received.zone = clock and received.day = cast(received_ts as date)
left join staging.clock as due on due.zone = clock and due.day = cast(due_ts as date)
left join staging.clock as fulfilled on fulfilled.zone = clock and fulfilled.day = cast(fulfilled_ts as date)
