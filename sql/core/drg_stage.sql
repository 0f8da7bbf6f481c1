-- One row per inpatient encounter and stage at which it had an MS-DRG, with the stage it had one at before.
--
-- Key       encounter_id, stage
-- Counts    stages in the order baseline, working, final, billed, audited, payer; one without a DRG is passed over
--           is_comparable: both weights are there and of one DRG version; weights of two versions are never compared
-- Excludes  DRGs that are not MS-DRGs; other patient classes; encounters not known
with staged as (
  select
    encounter_id,
    facility_id,
    service_line,
    primary_payer_class as payer_class,
    discharge_period_date,
    stage,
    case stage
      when 'baseline' then 1
      when 'working' then 2
      when 'final' then 3
      when 'billed' then 4
      when 'audited' then 5
      when 'payer' then 6
    end as stage_no,
    drg_code,
    drg_version_number as drg_version,
    relative_weight
  from core.encounter_drg
  inner join core.encounter using (encounter_id)
  where drg_type = 'MS' and patient_class = 'inpatient'
),
stepped as (
  select
    *,
    max(stage) over before as from_stage,
    max(drg_code) over before as from_drg_code,
    max(drg_version) over before as from_drg_version,
    max(relative_weight) over before as from_weight
  from staged
  window before as (partition by encounter_id order by stage_no rows between 1 preceding and 1 preceding)
)
select
  encounter_id,
  facility_id,
  service_line,
  payer_class,
  discharge_period_date,
  stage,
  drg_code,
  drg_version,
  relative_weight,
  from_stage,
  from_drg_code,
  from_drg_version,
  from_weight,
  coalesce(drg_version = from_drg_version and relative_weight is not null and from_weight is not null, false)
    as is_comparable
from stepped
