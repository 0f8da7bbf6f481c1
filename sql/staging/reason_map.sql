-- One row per reason code that the workspace puts into a category.
--
-- Key  kind, code
select
  lower(trim(kind)) as kind,
  case lower(trim(kind))
    when 'carc' then plain_reason(code)
    when 'rarc' then upper(trim(code))
    else trim(code)
  end as code,
  lower(trim(category)) as category,
  trim(owner) as owner
from raw.reason_map
