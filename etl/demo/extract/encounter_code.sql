-- Codes of the encounters coded by the as-of, and the complaint or admitting diagnosis from the first day on.
with diagnosed as (
  select stay_id, day, admit_at, class_no, seq, cc_level, dx.poa, coalesce(lapse.instead, dx.code) as code
  from diagnosis('coded_stay') as dx join (select stay_id, day, admit_at from stay) using (stay_id)
  -- Old codes used too long after a 1 October, categories for codes, and what the Medicare Code Editor objects to.
  left join lapse on lapse.code = dx.code and (lapse.in_first is null or lapse.in_first = (seq = 1))
    and u(stay_id * 32 + seq, 'lapse') < case
      when lapse."from" is null then lapse.share
      when day >= lapse."from" and day < lapse."from" + 90 then lapse.share * exp(-(day - lapse."from") / 40.0) else 0 end
), line as (
  select stay_id, 'ICD10CM' as code_set, seq, dotted(code) as code,
    -- Some indicators never arrive, and some arrive on codes that need none.
    case when u(stay_id * 32 + seq, 'poa lapse') >= 0.004 then poa when poa = '1' then 'Y' end as poa,
    null::timestamp as proc_ts, null as modifiers, null::double as units, cc_level, 'final' as stage
  from diagnosed
  union all
  select stay_id, 'ICD10PCS', seq, code, null, proc_at, null, null, null, 'final'
  from procedure_code('coded_stay')
  union all
  select stay_id, code_set, seq, code, null, null, modifiers, units, null, 'final'
  from outpatient_line('coded_stay')
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
