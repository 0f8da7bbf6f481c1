-- One row per audit of an encounter's coding, its times in UTC.
--
-- Key   audit_id
-- Date  audit_period_date is the first day of the period that the sender states (2026-Q3, 2026-08 or 2026)
with told as (
  select
    audit_review.*,
    coalesce(encounter_zone.zone, source.timezone, 'UTC') as zone,
    case when source.is_instant then 'UTC' else coalesce(encounter_zone.zone, source.timezone, 'UTC') end as clock
  from raw.audit_review as audit_review
  left join staging.encounter_zone as encounter_zone using (encounter_id)
  left join raw.source as source using (source_id)
)
select
  audit_id,
  encounter_id,
  audit_type,
  sample_method,
  stratum,
  stratum_N as stratum_size,
  frame_N as frame_size,
  seed,
  coder_id,
  auditor_id,
  utc_at(audit_opened_ts, clock, opened.turn) as audit_opened_at,
  utc_at(audit_closed_ts, clock, closed.turn) as audit_closed_at,
  date_at(audit_closed_ts, clock, told.zone) as audit_closed_date,
  audit_period,
  make_date(
    cast(substr(audit_period, 1, 4) as bigint),
    case
      when substr(audit_period, 6, 1) = 'Q' then 3 * cast(substr(audit_period, 7, 1) as bigint) - 2
      when length(audit_period) = 7 then cast(substr(audit_period, 6, 2) as bigint)
      else 1
    end,
    1::bigint
  ) as audit_period_date,
  status,
  coder_agreed,
  rebuttal_outcome,
  is_second_review_of,
  drg_original,
  drg_revised,
  weight_original,
  weight_revised,
  reimb_original,
  reimb_revised,
  drg_change_reason,
  training_topics,
  dx_pre,
  dx_post,
  dx_added,
  dx_edited,
  dx_unassigned,
  poa_changes,
  pdx_changed,
  px_pre,
  px_post,
  px_added,
  px_edited,
  px_unassigned,
  cpt_pre,
  cpt_post,
  cpt_added,
  cpt_edited,
  cpt_unassigned,
  visit_pre,
  visit_post,
  visit_added,
  visit_edited,
  visit_unassigned,
  disposition_changed,
  abstract_pre,
  abstract_errors,
  cc_added,
  cc_removed,
  mcc_added,
  mcc_removed,
  source_id
from told
left join staging.clock as opened on opened.zone = clock and opened.day = cast(audit_opened_ts as date)
left join staging.clock as closed on closed.zone = clock and closed.day = cast(audit_closed_ts as date)
