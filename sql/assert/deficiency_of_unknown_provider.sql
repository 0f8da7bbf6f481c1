-- Every deficiency waits for a provider whom the provider extract knows.
--
-- Severity  warn
-- Counts    one row per deficiency of a provider not told of, where providers are sent at all
select deficiency_id
from core.deficiency
where
  exists (select 1 from core.provider)
  and not exists (select 1 from core.provider as provider where provider.provider_id = deficiency.provider_id)
