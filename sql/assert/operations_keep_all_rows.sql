-- Every query, review, denial, request and index count is in its core table: none is lost, none comes twice.
--
-- Severity  fatal
-- Counts    one row per table whose number of rows differs
with arrived as (
  select 'query' as relation, count(*) as row_count from raw.query
  union all select 'cdi_review', count(*) from raw.cdi_review
  union all select 'denial', count(*) from raw.denial
  union all select 'roi_request', count(*) from raw.roi_request
  union all select 'mpi_stat', count(*) from raw.mpi_stat
),
kept as (
  select 'query' as relation, count(*) as row_count from core.query
  union all select 'cdi_review', count(*) from core.cdi_review
  union all select 'denial', count(*) from core.denial
  union all select 'roi_request', count(*) from core.roi_request
  union all select 'mpi_stat', count(*) from core.mpi_stat
)
select relation
from arrived
inner join kept using (relation)
where arrived.row_count <> kept.row_count
