-- One row per encounter with a code that casefinding looks for, and the code it is found by.
--
-- Key     encounter_id
-- Apart   encounter_id
-- Counts  code, label and screening: of the final or billed diagnoses that the list holds the first in order, reportable
--         ones before those to review
-- Ties    of codes in one place the first in the alphabet; of its entries the first prefix
with final_code as (
  select encounter_id, code, min(seq) as seq
  from core.encounter_code
  where code_set = 'ICD10CM' and stage in ('final', 'billed') and code in (select code from core.casefinding_code)
  group by encounter_id, code
),
found as (
  select
    encounter_id,
    code,
    label,
    screening,
    row_number() over (partition by encounter_id order by screening, seq, code, code_prefix) as place
  from final_code
  inner join core.casefinding_code using (code)
)
select encounter_id, code, label, screening
from found
where place = 1
