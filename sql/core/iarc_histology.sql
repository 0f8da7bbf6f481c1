-- One row per ICD-O-3 histology of abstracts, with its group by the international rules for multiple primaries.
--
-- Key       histology
-- Excludes  histologies of none of the groups
-- Source    reference.iarc_histology_group
with met as (
  select histologicTypeIcdO3 as histology
  from staging.tumor_value
  where histologicTypeIcdO3 is not null
  group by histologicTypeIcdO3
)
select
  met.histology,
  span.group_number as histology_group,
  span.label
from met
inner join reference.iarc_histology_group as span on met.histology between span.low and span.high
