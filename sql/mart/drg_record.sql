-- One row per discharged inpatient with an MS-DRG at any stage: its weights, and whether its final DRG is the one with CC or MCC.
--
-- Key     encounter_id
-- Counts  final_known_at: UTC moment of final coding; of the discharge where no coding event tells
--         final is the final DRG, else the billed one. Weights are null, and their counts 0, where none is known
--         final_unweighted_count: 1 with a final DRG and no weight of its version, ungroupable ones among them
--         split_count: 1 where the final DRG belongs to a base that splits; cc_mcc_count: "with" CC, MCC or either;
--         opportunity_count: "without". mcc_split_count, mcc_count: the same of bases that split by MCC
--         drg_type: medical or surgical, of the final DRG
with staged as (
  select
    encounter_id,
    any_value(discharge_period_date) as discharge_date,
    max(case when stage in ('final', 'billed') then 1 else 0 end) as has_final,
    coalesce(max(case when stage = 'final' then 'final' end), 'billed') as last_stage,
    max(case when stage = 'baseline' then relative_weight end) as baseline_weight,
    max(case when stage = 'working' then relative_weight end) as working_weight
  from core.ms_drg_assignment
  where stage in ('baseline', 'working', 'final', 'billed')
  group by encounter_id
)
select
  staged.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  last_drg.drg_type,
  staged.discharge_date,
  encounter.discharge_at,
  coalesce(
    coding_milestone.final_coded_at,
    coding_milestone.first_coded_at,
    encounter.discharge_at,
    encounter.admit_at
  ) as final_known_at,
  last_drg.relative_weight as final_weight,
  case when last_drg.relative_weight is not null then 1 else 0 end as final_weighted_count,
  case when staged.has_final = 1 and last_drg.relative_weight is null then 1 else 0 end as final_unweighted_count,
  staged.baseline_weight,
  case when staged.baseline_weight is not null then 1 else 0 end as baseline_weighted_count,
  staged.working_weight,
  case when staged.working_weight is not null then 1 else 0 end as working_weighted_count,
  case when last_drg.base_drg is not null then 1 else 0 end as split_count,
  case
    when last_drg.base_drg is not null and last_drg.split in ('with_mcc', 'with_cc', 'with_cc_mcc') then 1
    else 0
  end as cc_mcc_count,
  case
    when last_drg.base_drg is not null and last_drg.split in ('without_cc_mcc', 'without_mcc', 'without_cc') then 1
    else 0
  end as opportunity_count,
  case when last_drg.is_split_by_mcc then 1 else 0 end as mcc_split_count,
  case when last_drg.is_split_by_mcc and last_drg.split = 'with_mcc' then 1 else 0 end as mcc_count
from staged
inner join core.encounter on encounter.encounter_id = staged.encounter_id
left join core.coding_milestone on coding_milestone.encounter_id = staged.encounter_id
left join core.ms_drg_assignment as last_drg
  on last_drg.encounter_id = staged.encounter_id and last_drg.stage = staged.last_stage
