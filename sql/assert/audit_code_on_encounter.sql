-- A code that an audit says the coder wrote stood on the encounter at some stage.
--
-- Severity  warn
-- Examines  staging.audit_code where coder_code is not null
-- Counts    one row per worksheet line whose coder_code the encounter never had, of encounters of which codes of that
--           code set have arrived at all
with known as (
  select encounter_id, code_set, code
  from core.encounter_code
  where encounter_id in (select encounter_id from core.audit_review)
  group by encounter_id, code_set, code
)
select line.audit_id
from staging.audit_code as line
inner join core.audit_review as review on review.audit_id = line.audit_id
inner join (select distinct encounter_id, code_set from known) as told
  on told.encounter_id = review.encounter_id and told.code_set = line.code_set
left join known
  on known.encounter_id = review.encounter_id
  and known.code_set = line.code_set
  and known.code = line.coder_code
where line.coder_code is not null and known.code is null
