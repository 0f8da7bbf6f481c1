-- One row per code table and span of days in which it did not change: how many codes were in force.
--
-- A day in none of the spans is one the configured tables say nothing of: codes of that day are not examined.
--
-- Key     code_table, valid_from
-- Counts  code_table: ICD10CM, ICD10PCS, POA_EXEMPT or CC
--         valid_until: first day of the next span, 9999-12-31 while there is none
with listed as (
  select code_set as code_table, valid_from, valid_until, case when is_billable then 1 else 0 end as billable
  from core.icd_code
  union all
  select 'POA_EXEMPT', valid_from, valid_until, 0 from core.poa_exempt
  union all
  select 'CC', valid_from, valid_until, 0 from core.cc_code
),
turn as (
  select code_table, valid_from as day, 1 as step, billable as billable_step from listed
  union all
  select code_table, valid_until, -1, -billable from listed
),
day_turn as (
  select code_table, day, sum(step) as step, sum(billable_step) as billable_step
  from turn
  group by code_table, day
),
standing as (
  select
    code_table,
    day,
    sum(step) over (partition by code_table order by day) as code_count,
    sum(billable_step) over (partition by code_table order by day) as billable_count,
    min(day) over (partition by code_table order by day rows between 1 following and 1 following) as next_day
  from day_turn
)
select
  code_table,
  day as valid_from,
  next_day as valid_until,
  cast(code_count as bigint) as code_count,
  cast(billable_count as bigint) as billable_count
from standing
where code_count > 0
