-- An audit with two DRGs that compare states the weight of both.
--
-- Severity  warn
-- Counts    one row per scored audit without one of the weights: no weight change is taken of it
select audit_id
from core.audit_drg
where is_comparable and weight_change is null
