-- One row per extract of deficiencies: one where any deficiency arrives, none where none does.
--
-- Key     extract
-- Counts  a stock of 0 is told only where deficiencies are
select 'deficiency' as extract
from core.deficiency
group by extract
