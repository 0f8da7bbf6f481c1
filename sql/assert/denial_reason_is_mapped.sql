-- Every denial tells its category, or a reason code that the reason map knows.
--
-- Severity  warn
-- Counts    one row per initial denial; one whose codes the map does not know counts as not coding-related, one that tells nothing
--           is left out
select denial_id
from core.denial
where level = 'initial' and (category is null or category = 'unmapped')
