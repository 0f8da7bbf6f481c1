-- One row per discharged inpatient and stage with an MS-DRG: its weight, and where its title places it in its base.
--
-- A weight belongs to one version and year: it comes with the DRG, else from the table of the same version, never from
-- another one. A DRG sent without its version is of the version in force on the day of discharge.
--
-- Key       encounter_id, stage
-- Apart     encounter_id
-- Counts    drg_version: as sent, else the one in force; null where neither is known
--           is_ungroupable: 998 or 999, which carry no weight
-- Excludes  patients in house; DRGs of other groupers; orphans
with assigned as (
  select
    encounter_drg.encounter_id,
    encounter_drg.stage,
    encounter_drg.drg_code,
    encounter_drg.drg_version_number,
    encounter_drg.relative_weight,
    encounter.discharge_date,
    encounter.discharge_period_date
  from core.encounter_drg
  inner join core.encounter on encounter.encounter_id = encounter_drg.encounter_id
  where
    encounter_drg.drg_type = 'MS'
    and encounter.patient_class = 'inpatient'
    and encounter.discharge_year is not null
),
version_day as (
  select calendar.day as discharge_date, max(ms_drg.drg_version) as drg_version
  from core.calendar
  inner join (select distinct drg_version, valid_from, valid_until from core.ms_drg) as ms_drg
    on calendar.day >= ms_drg.valid_from and calendar.day < ms_drg.valid_until
  group by calendar.day
),
versioned as (
  select
    assigned.*,
    coalesce(assigned.drg_version_number, version_day.drg_version) as drg_version
  from assigned
  left join version_day on version_day.discharge_date = assigned.discharge_date
)
select
  versioned.encounter_id,
  versioned.stage,
  versioned.drg_code,
  versioned.drg_version,
  versioned.drg_version_number as stated_version,
  versioned.discharge_date,
  versioned.discharge_period_date,
  versioned.drg_code in ('998', '999') as is_ungroupable,
  case
    when versioned.drg_code not in ('998', '999') then coalesce(versioned.relative_weight, ms_drg.relative_weight)
  end as relative_weight,
  ms_drg.drg_type,
  ms_drg.base_drg,
  ms_drg.split,
  coalesce(ms_drg.is_split_by_mcc, false) as is_split_by_mcc
from versioned
left join core.ms_drg on ms_drg.drg_code = versioned.drg_code and ms_drg.drg_version = versioned.drg_version
