-- One row per provider.
--
-- Key  provider_id
select
  provider_id,
  trim(specialty) as specialty,
  trim(service_line) as service_line,
  trim(provider_type) as provider_type,
  source_id
from raw.provider
