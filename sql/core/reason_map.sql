-- One row per reason code that the workspace puts into a category, and to an owner.
--
-- Key     kind, code
-- Counts  kind is carc, rarc (of denials) or hold (of bills)
select
  kind,
  code,
  category,
  owner
from staging.reason_map
