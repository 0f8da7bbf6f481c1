-- One row per denial of a claim or of a line of one, with the record it is about and what it is about.
--
-- Key     denial_id
-- Counts  category: the sender's own word, else what the workspace's reason_map says of the remark code, else of the
--         adjustment reason code; unmapped where there is a map that knows neither; null where nothing tells
--         is_coding_related: of a category that reference.denial_category calls so; null where there is no category
with mapped as (
  select count(*) as map_count
  from core.reason_map
  where kind in ('carc', 'rarc')
),
categorised as (
  select
    denial.*,
    case
      when denial.category is not null then denial.category
      when rarc_map.category is not null then rarc_map.category
      when carc_map.category is not null then carc_map.category
      when map_count > 0 and (denial.carc is not null or denial.rarc is not null) then 'unmapped'
    end as known_category
  from staging.denial
  cross join mapped
  left join core.reason_map as carc_map on carc_map.kind = 'carc' and carc_map.code = denial.carc
  left join core.reason_map as rarc_map on rarc_map.kind = 'rarc' and rarc_map.code = denial.rarc
)
select
  denial_id,
  categorised.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  claim_id,
  line_no,
  received_at,
  received_date,
  carc,
  rarc,
  known_category as category,
  case when known_category is not null then coalesce(denial_category.is_coding_related, false) end as is_coding_related,
  level,
  is_primary_payer,
  billed_amt,
  denied_amt,
  appealed_at,
  appealed_date,
  resolved_at,
  resolved_date,
  outcome,
  recovered_amt,
  billed_drg,
  payer_drg,
  final_drg,
  encounter.encounter_id is null as is_orphan
from categorised
left join core.encounter on encounter.encounter_id = categorised.encounter_id
left join reference.denial_category as denial_category on denial_category.category = known_category
