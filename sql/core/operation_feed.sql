-- One row per facility that has encounters: which of queries, CDI reviews and denials arrive of it.
--
-- What never arrives of a facility is not known there, and not zero.
--
-- Key     facility_key
-- Counts  facility_key is the facility_id; the empty text stands for encounters without one
--         has_query: CDI queries, cancelled ones included
--         has_denied_charges: any initial denial tells what was billed; has_settlement: any denial tells its outcome and
--         amount
with arrival as (
  select
    coalesce(facility_id, '') as facility_key,
    0 as query,
    0 as review,
    0 as denial,
    0 as denied_charges,
    0 as settlement
  from core.encounter
  group by coalesce(facility_id, '')
  union all
  select coalesce(facility_id, ''), 1, 0, 0, 0, 0
  from core.query
  where workflow = 'cdi' and not is_orphan
  group by coalesce(facility_id, '')
  union all
  select coalesce(encounter.facility_id, ''), 0, 1, 0, 0, 0
  from core.cdi_review
  inner join core.encounter using (encounter_id)
  group by coalesce(encounter.facility_id, '')
  union all
  select
    coalesce(facility_id, ''),
    0,
    0,
    1,
    max(case when level = 'initial' and billed_amt is not null then 1 else 0 end),
    max(case when outcome is not null and denied_amt is not null then 1 else 0 end)
  from core.denial
  where not is_orphan
  group by coalesce(facility_id, '')
)
select
  facility_key,
  max(query) = 1 as has_query,
  max(review) = 1 as has_review,
  max(denial) = 1 as has_denial,
  max(denied_charges) = 1 as has_denied_charges,
  max(settlement) = 1 as has_settlement
from arrival
group by facility_key
