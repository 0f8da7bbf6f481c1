-- Codes of the encounters coded by the as-of, and the complaint or admitting diagnosis from the first day on.
with line as (
  select stay_id, 'ICD10CM' as code_set, seq, dotted(code) as code, poa, null::timestamp as proc_ts, null as modifiers, null::double as units,
    cc_level, 'final' as stage
  from diagnosis('coded_stay')
  union all
  select stay_id, 'ICD10PCS', seq, code, null, proc_at, null, null, null, 'final'
  from procedure_code('coded_stay')
  union all
  select stay_id, case when code[1] between 'A' and 'Z' then 'HCPCS' else 'CPT' end, seq, code, null, null, modifiers, units, null, 'final'
  from coded_stay join outpatient_code using (class_no)
  where coalesce(outpatient_code.case_id, coded_stay.case_id) = coded_stay.case_id and u(stay_id * 8 + seq, 'charged') < 1.2 - 0.2 * seq
  union all
  select stay_id, case class_no when 1 then 'ADMIT_DX' else 'VISIT_REASON' end, 1, dotted(pick(stay_id, 'presents', ['R0602', 'R509', 'R109', 'R079', 'R531', 'R4182'])),
    null, null, null, null, null, case when final_coded_at < getvariable('as_of') then 'final' else 'working' end
  from stay
  where class_no = 2 or class_no = 1 and service_line not in ('newborn', 'obstetrics')
)
select encounter_id(stay_id) as encounter_id, code_set, seq, code, poa, null::integer as proc_day_offset, proc_ts, null as provider_id,
  modifiers, units, cc_level, null as hcc, null::boolean as hac_flag, stage
from line
order by stay_id, code_set, seq
