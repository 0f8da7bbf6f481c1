-- One row per discharged record of facilities that scan: how long its paper took to be received, scanned and indexed, as far as it was.
--
-- Key       encounter_id
-- Apart     encounter_id
-- Counts    decimal days from discharge to the first such event of any of its documents at or after discharge; whole
--           calendar days where the feed has no hours. What is scanned while the patient is in house is not the chart
-- Excludes  patients in house; facilities of which no scanning (receiving, indexing) arrives have null
with arrival as (
  select
    encounter_id,
    min(case when event = 'received' then event_at end) as received_at,
    min(case when event = 'received' then event_date end) as received_date,
    min(case when event = 'scanned' then event_at end) as scanned_at,
    min(case when event = 'scanned' then event_date end) as scanned_date,
    min(case when event = 'indexed' then event_at end) as indexed_at,
    min(case when event = 'indexed' then event_date end) as indexed_date
  from core.document
  inner join core.encounter using (encounter_id)
  inner join core.paper_feed as paper_feed on paper_feed.facility_key = coalesce(encounter.facility_id, '')
  where event_at >= discharge_at or (is_day_only and event_date >= discharge_date)
  group by encounter_id
)
select
  encounter.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.discharge_date,
  encounter.discharge_at,
  arrival.received_at,
  arrival.scanned_at,
  arrival.indexed_at,
  case
    when is_day_only then cast(day_count(discharge_date, received_date) as double)
    else days_between(discharge_at, received_at)
  end as received_days,
  case
    when is_day_only then cast(day_count(discharge_date, scanned_date) as double)
    else days_between(discharge_at, scanned_at)
  end as scanned_days,
  case
    when is_day_only then cast(day_count(discharge_date, indexed_date) as double)
    else days_between(discharge_at, indexed_at)
  end as indexed_days
from core.encounter
inner join core.paper_feed as paper_feed on paper_feed.facility_key = coalesce(encounter.facility_id, '')
left join arrival on arrival.encounter_id = encounter.encounter_id
where discharge_at is not null
