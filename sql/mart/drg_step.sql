-- One row per inpatient encounter and step of its MS-DRG from one stage to the next that has one: what it gained or lost.
--
-- Key       encounter_id, step
-- Counts    step: the stage it led to; from_stage: the one before that has a DRG. Steps of an encounter follow each other,
--           so their sums are those of the whole way
--           comparable_count: 1 where both weights are there and of one DRG version, else version_change_count is 1 and
--           nothing is gained or lost
--           changed_count: the DRG became another, of those comparable
-- Excludes  as core.drg_stage
select
  encounter_id,
  stage as step,
  from_stage,
  facility_id,
  service_line,
  payer_class,
  discharge_period_date,
  from_drg_code,
  drg_code,
  case when is_comparable then 1 else 0 end as comparable_count,
  case when is_comparable then 0 else 1 end as version_change_count,
  case when is_comparable and drg_code <> from_drg_code then 1 else 0 end as changed_count,
  case when is_comparable then relative_weight - from_weight end as weight_change,
  case when is_comparable and relative_weight > from_weight then relative_weight - from_weight else 0 end
    as weight_gain,
  case when is_comparable and relative_weight < from_weight then from_weight - relative_weight else 0 end
    as weight_loss
from core.drg_stage
where from_stage is not null
