-- One row per edit of the Medicare Code Editor and version of the lists (null: needs none): the days it is in force.
--
-- Key     edit, version
-- Counts  active_from, active_until: first day, and first day on which it is no longer in force
select
  mce_edit.edit,
  cast(null as varchar) as version,
  coalesce(mce_edit.active_from, date '0001-01-01') as active_from,
  coalesce(mce_edit.active_to, date '9999-12-31') as active_until,
  mce_edit.fed_by
from reference.mce_edit
where mce_edit.fed_by <> 'list'
union all
select
  mce_edit.edit,
  listed.version,
  coalesce(mce_edit.active_from, date '0001-01-01'),
  coalesce(mce_edit.active_to, date '9999-12-31'),
  mce_edit.fed_by
from reference.mce_edit
inner join (select distinct edit, version from core.mce_code) as listed on listed.edit = mce_edit.edit
where mce_edit.fed_by = 'list'
