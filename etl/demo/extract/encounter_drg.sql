-- MS-DRGs of inpatients from the first day to the payer's word. Weights are those of FY 2021, version 38, the newest
-- public ones; drg_version is the version in force on the day of discharge.
with gained as (
  -- The record said less before the provider's answer; the working DRG follows while the patient is in house.
  select stay_id, any_value(drg_before) as drg_before, bool_or(timing = 'concurrent') as in_time from query where gains group by stay_id
), placed as (
  select stay.*, drg_plain, gained.drg_before, coalesce(in_time, false) as in_time
  from stay join (select case_no, drg_plain from hospital_case) using (case_no) left join gained using (stay_id)
  where class_no = 1
), staged as (
  select stay_id, day, final_coded_at, billed_at, unnest([1, 2, 3, 4]) as stage_no, unnest(['baseline', 'working', 'final', 'billed']) as stage,
    unnest([
      case when drg_before is not null then drg_before when u(stay_id, 'baseline') < 0.2 then drg_plain else drg end,
      case when drg_before is not null and not in_time then drg_before when u(stay_id, 'working') < 0.09 then drg_plain else drg end,
      drg, drg]) as drg
  from placed
), every as (
  select stay_id, day, stage_no, stage, drg
  from staged
  where stage in ('baseline', 'working') or stage = 'final' and final_coded_at < getvariable('as_of') or stage = 'billed' and billed_at < getvariable('as_of')
  union all
  select stay_id, day, 5, 'audited', drg_revised
  from audit_result join (select stay_id, day from stay) using (stay_id)
  where class_no = 1 and status = 'final' and audit_type = 'routine_random' and second_of is null
  union all
  select stay_id, day, 6, 'payer', payer_drg from paid_drg
)
select encounter_id(stay_id) as encounter_id, stage, 'MS' as drg_type,
  case when day >= date '2025-10-01' or day is null then '43' when day >= date '2024-10-01' then '42' else '41' end as drg_version,
  drg as drg_code, weight as relative_weight, null as soi, null as rom, mdc, gmlos, amlos, round(weight * 6800, 2) as reimbursement
from every join drg using (drg)
order by stay_id, stage_no
