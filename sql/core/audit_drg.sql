-- One row per scored audit of an inpatient with the coder's DRG and the auditor's.
--
-- Key     audit_id
-- Counts  is_comparable: both DRGs are of one version and neither is ungroupable (998, 999). They are of another
--         version where core.encounter_drg states two versions for them, or where one DRG bears two weights; where no
--         version is stated they come of one audit and are taken as one
--         is_same: the same DRG; also after an overturned finding
--         is_documentation_error: they differ, and not because a query answered later made it so (of a change without a
--         reason nobody can say that)
--         weight_change: auditor's weight − coder's; null unless both are known and the DRGs comparable
--         dollar_change: what that is worth at the blended rate of the day of discharge (dollar_basis blended_rate),
--         else the reimbursement revised − original (reimbursement); null where there is neither
--         paid_dollars and overpaid_dollars: reimbursement original, and original − revised, where both are known
-- Ties    of several blended rates on one day the facility's own, then the one valid from the latest day, then the
--         highest
with grouped as (
  select
    review.*,
    encounter.discharge_date,
    case when is_overturned then drg_original else drg_revised end as drg_standing,
    case when is_overturned then weight_original else weight_revised end as weight_standing,
    case when is_overturned then reimb_original else reimb_revised end as reimb_standing
  from core.audit_review as review
  inner join core.encounter using (encounter_id)
  where is_scored and review.patient_class = 'inpatient' and drg_original is not null and drg_revised is not null
),
version as (
  select
    audit_id,
    max(case when stage in ('final', 'billed') and drg_code = drg_original then drg_version_number end) as original_version,
    max(case when stage = 'audited' and drg_code = drg_revised then drg_version_number end) as revised_version
  from grouped
  inner join core.encounter_drg using (encounter_id)
  group by audit_id
),
rate as (
  select
    audit_id,
    dollars,
    row_number() over (
      partition by audit_id
      order by case when rate.facility_id is null then 1 else 0 end, valid_from desc nulls last, dollars desc
    ) as place
  from grouped
  inner join core.blended_rate as rate
    on (rate.facility_id is null or rate.facility_id = grouped.facility_id)
    and (valid_from is null or valid_from <= coalesce(discharge_date, audit_date))
    and (valid_to is null or valid_to > coalesce(discharge_date, audit_date))
),
compared as (
  select
    grouped.*,
    rate.dollars as blended_rate,
    drg_original in ('998', '999') or drg_revised in ('998', '999') as is_ungroupable,
    coalesce(original_version <> revised_version, false)
      or coalesce(drg_original = drg_revised and weight_original <> weight_revised, false) as is_other_version
  from grouped
  left join version using (audit_id)
  left join rate on rate.audit_id = grouped.audit_id and rate.place = 1
),
changed as (
  select
    *,
    not is_ungroupable and not is_other_version as is_comparable,
    case when not is_ungroupable and not is_other_version then weight_standing - weight_original end as weight_change
  from compared
)
select
  audit_id,
  drg_original,
  drg_standing,
  is_ungroupable,
  is_other_version,
  is_comparable,
  drg_standing = drg_original as is_same,
  drg_standing <> drg_original and coalesce(drg_change_reason, '') <> 'query_dependent' as is_documentation_error,
  case when drg_standing <> drg_original then coalesce(drg_change_reason, 'unstated') else 'unchanged' end
    as drg_change_reason,
  weight_original,
  weight_change,
  case
    when weight_change is not null and blended_rate is not null then 'blended_rate'
    when reimb_standing is not null and reimb_original is not null then 'reimbursement'
  end as dollar_basis,
  case
    when weight_change is not null and blended_rate is not null then cast(weight_change * blended_rate as decimal(18, 4))
    else reimb_standing - reimb_original
  end as dollar_change,
  case when reimb_standing is not null then reimb_original end as paid_dollars,
  reimb_original - reimb_standing as overpaid_dollars
from changed
