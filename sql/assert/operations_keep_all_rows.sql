-- Every query, review, denial, request and index count is in its core table: none is lost, none comes twice.
--
-- Severity  fatal
-- Counts    one row per table whose number of rows differs
with staged as (
  select 'query' as relation, count(*) as row_count from staging.query
  union all select 'cdi_review', count(*) from staging.cdi_review
  union all select 'denial', count(*) from staging.denial
  union all select 'roi_request', count(*) from staging.roi_request
  union all select 'mpi_stat', count(*) from staging.mpi_stat
),
kept as (
  select 'query' as relation, count(*) as row_count from core.query
  union all select 'cdi_review', count(*) from core.cdi_review
  union all select 'denial', count(*) from core.denial
  union all select 'roi_request', count(*) from core.roi_request
  union all select 'mpi_stat', count(*) from core.mpi_stat
)
select relation
from staged
inner join kept using (relation)
where staged.row_count <> kept.row_count
