-- MS-DRGs of inpatients at each stage. Weights are those of the version named: FY 2021, version 38.
with staged as (
  select stay_id, final_coded_at, billed_at, unnest([1, 2, 3, 4]) as stage_no, unnest(['baseline', 'working', 'final', 'billed']) as stage,
    unnest([case when u(stay_id, 'baseline') < 0.25 then drg_plain else drg end, case when u(stay_id, 'working') < 0.1 then drg_plain else drg end, drg, drg]) as drg
  from stay join (select case_no, drg_plain from hospital_case) using (case_no)
  where class_no = 1
), audited_drg as (
  select stay_id, 5 as stage_no, 'audited' as stage, drg_revised as drg
  from audit_result
  where class_no = 1 and status = 'final' and audit_type = 'routine_random'
), every as (
  select stay_id, stage_no, stage, drg
  from staged
  where stage in ('baseline', 'working') or stage = 'final' and final_coded_at < getvariable('as_of') or stage = 'billed' and billed_at < getvariable('as_of')
  union all
  select * from audited_drg
)
select encounter_id(stay_id) as encounter_id, stage, 'MS' as drg_type, '38' as drg_version, drg as drg_code, weight as relative_weight, null as soi, null as rom, mdc, gmlos, amlos,
  round(weight * 6800, 2) as reimbursement
from every join drg using (drg)
order by stay_id, stage_no
