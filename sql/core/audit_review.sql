-- One row per audit of an encounter's coding, with the encounter it looked at.
--
-- Key     audit_id
-- Apart   encounter_id
-- Links   audit_id
-- Counts  is_closed: the auditor is done (closed, rebutted or final), and it is neither a second review of a record
--         already audited (those tell how auditors agree) nor an audit of the auditor's own coding, which proves nothing
--         is_scored: closed, and final
--         is_rebutted: the coder disputes or disputed it; is_overturned: the whole finding fell. Of a finding overturned
--         in part nobody says which lines fell: a partial rebuttal leaves all of them standing
--         frame: what a routine random sample was drawn from, where the sender tells its size: coder, period and
--         stratum, or the stratum alone where it names its frame itself (`frame …`, as `himsight sample` writes it)
--         and may hold several coders. frame_record_count is that size. Other random samples draw from the same records once more
--         sample: random where every record of the frame could be drawn (srs, stratified, systematic, census) and the
--         audit has no focus; focused otherwise. The two answer different questions and are never pooled
--         audit_date is the day it was closed, or the first day of the stated period
with told as (
  select
    *,
    case
      when audit_type <> 'focused' and sample_method in ('srs', 'stratified', 'systematic', 'census') then 'random'
      else 'focused'
    end as sample,
    case when sample_method = 'stratified' then stratum_size else frame_size end as frame_record_count,
    coder_id = auditor_id as is_own_work
  from staging.audit_review
),
judged as (
  select
    *,
    status in ('closed', 'rebutted', 'final') and is_second_review_of is null and not is_own_work as is_closed
  from told
)
select
  audit_id,
  encounter_id,
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  audit_type,
  sample_method,
  sample,
  stratum,
  stratum_size,
  frame_size,
  case
    when sample = 'random' and audit_type = 'routine_random' and frame_record_count is not null
      then case
        when stratum like 'frame %' then stratum
        else coder_id || ' ' || audit_period || ' ' || coalesce(stratum, '')
      end
  end as frame,
  frame_record_count,
  seed,
  coder_id,
  auditor_id,
  audit_opened_at,
  audit_closed_at,
  coalesce(audit_closed_date, audit_period_date) as audit_date,
  audit_period,
  status,
  is_own_work,
  is_closed,
  is_closed and status = 'final' as is_scored,
  coder_agreed,
  rebuttal_outcome,
  status = 'rebutted'
    or coalesce(rebuttal_outcome in ('finding_upheld', 'finding_overturned', 'partial'), false) as is_rebutted,
  coalesce(rebuttal_outcome = 'finding_overturned', false) as is_overturned,
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
  encounter.encounter_id is null as is_orphan
from judged
left join core.encounter using (encounter_id)
