-- One row per audit and code class that names a principal code, the coder's beside the auditor's.
--
-- Key     audit_id, code_class
-- Counts  dx, pcs and cpt_hcpcs; of each side the code in sequence 1; where the worksheet gives no sequence, the one in
--         the role pdx or pcs_principal
--         is_changed: the two differ, be it only in sequence; of procedures only where either side names one, since a
--         procedure struck out or added is an error already
-- Ties    the lowest code
with named as (
  select
    audit_id,
    code_class,
    coalesce(
      min(case when side = 'coder' and seq = 1 then code end),
      min(case when side = 'coder' and role in ('pdx', 'pcs_principal') then code end)
    ) as coder_code,
    coalesce(
      min(case when side = 'auditor' and seq = 1 then code end),
      min(case when side = 'auditor' and role in ('pdx', 'pcs_principal') then code end)
    ) as auditor_code
  from core.audit_entry
  where
    code_class in ('dx', 'pcs', 'cpt_hcpcs')
    and (seq = 1 or role in ('pdx', 'pcs_principal'))
  group by audit_id, code_class
)
select
  audit_id,
  code_class,
  coder_code,
  auditor_code,
  case
    when code_class = 'dx' then coalesce(coder_code, '') <> coalesce(auditor_code, '')
    else coalesce(coder_code <> auditor_code, false)
  end as is_changed
from named
