-- One row per source: how many encounters arrive of it, and how many tell each of what an encounter should tell.
--
-- What a source never sends is not missing from it: `core.encounter_teller` says what it sends at all.
--
-- Key  source_id
select
  source_id,
  count(*) as encounter_count,
  cast(sum(case when patient_key is not null then 1 else 0 end) as bigint) as patient_count,
  cast(sum(case when facility_id is not null then 1 else 0 end) as bigint) as facility_count,
  cast(sum(case when patient_class is not null then 1 else 0 end) as bigint) as class_count,
  cast(sum(case when admit_at is not null then 1 else 0 end) as bigint) as admission_count,
  cast(sum(case when discharge_disposition is not null then 1 else 0 end) as bigint) as disposition_count,
  cast(sum(case when sex is not null then 1 else 0 end) as bigint) as sex_count,
  cast(sum(case when age_years is not null then 1 else 0 end) as bigint) as age_count
from core.encounter
group by source_id
