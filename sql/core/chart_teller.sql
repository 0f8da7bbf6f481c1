-- One row per facility that says of any chart when it was analysed, or how it stands: of how many.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
select coalesce(facility_id, '') as facility_key, count(*) as chart_count
from staging.encounter
where chart_analyzed_at is not null or chart_status is not null
group by coalesce(facility_id, '')
