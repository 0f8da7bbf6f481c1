-- One row per audit that names a principal diagnosis, the coder's beside the auditor's.
--
-- Key     audit_id
-- Counts  of each side the diagnosis in sequence 1; where the worksheet gives no sequence, the one in the role pdx
-- Ties    the lowest code
select
  audit_id,
  coalesce(
    min(case when side = 'coder' and seq = 1 then code end),
    min(case when side = 'coder' and role = 'pdx' then code end)
  ) as coder_code,
  coalesce(
    min(case when side = 'auditor' and seq = 1 then code end),
    min(case when side = 'auditor' and role = 'pdx' then code end)
  ) as auditor_code
from core.audit_entry
where code_class = 'dx' and (seq = 1 or role = 'pdx')
group by audit_id
