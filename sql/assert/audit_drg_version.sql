-- The DRG an auditor arrives at is of the same version as the coder's.
--
-- Severity  warn
-- Counts    one row per scored audit whose two DRGs are of two versions: no accuracy and no weight change is taken of it
select audit_id
from core.audit_drg
where is_other_version
