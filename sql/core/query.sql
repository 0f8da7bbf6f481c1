-- One row per query to a provider, with the record it is about.
--
-- Key     query_id
-- Counts  is_counted: not cancelled; a query cancelled later counts on no day, as if it had never been sent
--         is_answered: it has a time of response, an outcome that is an answer, or the status responded; an outcome
--         no_response outweighs them
--         is_agreed: null where the outcome of an answer is not told
--         due_at: sent_at and the hours of the setting query_policy_hours, 72 where there is none
--         settled_at: the first of answer, closing and due_at; is_ended: answered or closed. A query that is neither is
--         settled once due_at has come by the feed's last moment, which moves every night (mart.query_entry)
--         has_impact: a CC, an MCC, severity, risk of mortality or the DRG changed; null where none of these is told
--         weight_change: after less before, as the query itself tells both; null where the record's own DRGs are of
--         several grouper versions, whose weights are not to be compared
with policy as (
  select coalesce(max(case when name = 'query_policy_hours' then cast(value as decimal(18, 4)) end), 72) as policy_hours
  from core.metric_setting
),
mixed_version as (
  select encounter_id
  from core.encounter_drg
  where drg_type = 'MS'
  group by encounter_id
  having min(drg_version_number) <> max(drg_version_number)
),
told as (
  select
    *,
    coalesce(status <> 'cancelled' and coalesce(outcome, '') <> 'cancelled', true) as is_counted,
    coalesce(outcome, '') <> 'no_response'
      and (
        responded_at is not null
        or coalesce(outcome, '') in ('agreed_updated', 'agreed_not_updated', 'disagreed', 'no_opinion')
        or coalesce(status, '') = 'responded'
      ) as is_answered,
    add_hours(sent_at, policy_hours) as due_at
  from staging.query
  cross join policy
),
answered as (
  select
    *,
    case when is_answered then responded_at end as answered_at,
    case when is_answered then responded_date end as answered_date
  from told
),
settled as (
  select
    *,
    earlier_of(earlier_of(answered_at, closed_at), due_at) as settled_at
  from answered
)
select
  query_id,
  settled.encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  workflow,
  timing,
  template,
  type as query_type,
  author_id,
  provider_id,
  sent_at,
  sent_date,
  answered_at,
  answered_date,
  closed_at,
  due_at,
  status,
  outcome,
  is_counted,
  is_answered,
  case
    when not is_answered then null
    when outcome in ('agreed_updated', 'agreed_not_updated') then true
    when outcome in ('disagreed', 'no_opinion') then false
  end as is_agreed,
  settled_at,
  is_answered or closed_at is not null or coalesce(status, '') = 'closed' as is_ended,
  case
    when impact_cc or impact_mcc or impact_soi or impact_rom or drg_before <> drg_after then true
    when
      impact_cc is not null
      or impact_mcc is not null
      or impact_soi is not null
      or impact_rom is not null
      or drg_before = drg_after
      then false
  end as has_impact,
  case when mixed_version.encounter_id is null then weight_after - weight_before end as weight_change,
  drg_before,
  drg_after,
  weight_before,
  weight_after,
  ai_suggested,
  encounter.encounter_id is null as is_orphan
from settled
left join core.encounter on encounter.encounter_id = settled.encounter_id
left join mixed_version on mixed_version.encounter_id = settled.encounter_id
