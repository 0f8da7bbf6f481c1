-- One row per coded record and class of its codes: how the codes stand in their tables.
--
-- Key     encounter_id, code_class
-- Apart   encounter_id
-- Counts  known_at: UTC moment of final coding; of the discharge or admission where no coding event tells
--         code_count: all codes; examined_count: those whose day the configured tables speak of
--         invalid_count: not in the table on that day; header_count: in it as a header, that is incomplete
--         shaped_count: codes of a public structure; malformed_count: those that break it
--         titled_count: diagnoses found in the table; unspecified_count: those the official title calls unspecified;
--         unspecified_avoidable_count: those whose category has a billable code that is not
--         poa_required_count: inpatient diagnoses not exempt that day; poa_missing_count: those without Y, N, U or W
--         poa_exempt_count: exempt ones; poa_exempt_reported_count: those with Y, N, U or W all the same
--         Present-on-admission counts are 0 where the facility sends the indicator with no diagnosis: not known
with judged as (
  select
    reported_code.*,
    is_listed and code_class <> 'pcs' as is_titled,
    poa_teller.facility_key is not null and is_poa_exempt as is_poa_free,
    poa_teller.facility_key is not null and not is_poa_exempt as is_poa_required,
    coalesce(poa in ('Y', 'N', 'U', 'W'), false) as is_poa_told
  from core.reported_code
  left join core.poa_teller as poa_teller on poa_teller.facility_key = reported_code.facility_key
),
counted as (
  select
    encounter_id,
    code_class,
    any_value(code_date) as code_date,
    count(*) as code_count,
    count(case when is_examined then 1 end) as examined_count,
    count(case when is_examined and not is_listed then 1 end) as invalid_count,
    count(case when is_listed and not is_billable then 1 end) as header_count,
    count(case when is_well_formed is not null then 1 end) as shaped_count,
    count(case when not is_well_formed then 1 end) as malformed_count,
    count(case when is_titled and is_unspecified is not null then 1 end) as titled_count,
    count(case when is_titled and is_unspecified then 1 end) as unspecified_count,
    count(case when is_titled and is_unspecified and has_specific_sibling then 1 end) as unspecified_avoidable_count,
    count(case when is_poa_required then 1 end) as poa_required_count,
    count(case when is_poa_required and not is_poa_told then 1 end) as poa_missing_count,
    count(case when is_poa_free then 1 end) as poa_exempt_count,
    count(case when is_poa_free and is_poa_told then 1 end) as poa_exempt_reported_count
  from judged
  group by encounter_id, code_class
)
select
  counted.encounter_id,
  counted.code_class,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  coding_milestone.coder_id,
  counted.code_date,
  coalesce(
    coding_milestone.final_coded_at,
    coding_milestone.first_coded_at,
    encounter.discharge_at,
    encounter.admit_at
  ) as known_at,
  counted.code_count,
  counted.examined_count,
  counted.invalid_count,
  counted.header_count,
  counted.shaped_count,
  counted.malformed_count,
  counted.titled_count,
  counted.unspecified_count,
  counted.unspecified_avoidable_count,
  counted.poa_required_count,
  counted.poa_missing_count,
  counted.poa_exempt_count,
  counted.poa_exempt_reported_count
from counted
inner join core.encounter on encounter.encounter_id = counted.encounter_id
left join core.coding_milestone on coding_milestone.encounter_id = counted.encounter_id
