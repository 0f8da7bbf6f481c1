-- One row per inpatient encounter with an MS-DRG: its DRG and weight at each stage, and what the way gained and lost.
--
-- Key       encounter_id
-- Counts    null where a stage has no DRG. weight_gain and weight_loss add up the steps between stages whose DRG versions
--           agree (see mart.drg_step); version_change_count: steps left out because they do not, or a weight is missing
-- Excludes  as core.drg_stage
select
  encounter_id,
  facility_id,
  service_line,
  payer_class,
  discharge_period_date,
  max(case when stage = 'baseline' then drg_code end) as baseline_drg_code,
  max(case when stage = 'working' then drg_code end) as working_drg_code,
  max(case when stage = 'final' then drg_code end) as final_drg_code,
  max(case when stage = 'billed' then drg_code end) as billed_drg_code,
  max(case when stage = 'audited' then drg_code end) as audited_drg_code,
  max(case when stage = 'payer' then drg_code end) as payer_drg_code,
  max(case when stage = 'baseline' then relative_weight end) as baseline_weight,
  max(case when stage = 'working' then relative_weight end) as working_weight,
  max(case when stage = 'final' then relative_weight end) as final_weight,
  max(case when stage = 'billed' then relative_weight end) as billed_weight,
  max(case when stage = 'audited' then relative_weight end) as audited_weight,
  max(case when stage = 'payer' then relative_weight end) as payer_weight,
  sum(case when is_comparable and relative_weight > from_weight then relative_weight - from_weight else 0 end)
    as weight_gain,
  sum(case when is_comparable and relative_weight < from_weight then from_weight - relative_weight else 0 end)
    as weight_loss,
  sum(case when from_stage is not null and not is_comparable then 1 else 0 end) as version_change_count
from core.drg_stage
group by encounter_id, facility_id, service_line, payer_class, discharge_period_date
