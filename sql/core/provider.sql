-- One row per provider.
--
-- Key  provider_id
select
  provider_id,
  specialty,
  service_line,
  provider_type
from staging.provider
