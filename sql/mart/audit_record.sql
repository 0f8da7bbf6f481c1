-- One row per audited record, random and focused audits alike: is it free of errors, and what else the auditor compared.
--
-- Key     audit_id
-- Counts  record_count is 1; judged_count is 1 where its codes came, as lines or as counts
--         is_error_free: 1 when no code of any class was revised, omitted or unsupported, no POA indicator or modifier
--         changed and the principal codes stand; else 0. The settings of double counting play no part: one error is
--         enough. Null where no codes came
--         kept_count: codes matched less codes unsupported, not below 0 for a record (CA1p), of auditor_code_count
--         pdx_same_count of pdx_count, poa_same_count of poa_count, modifier_same_count of modifier_count (matched CPT
--         and HCPCS codes), disposition_same_count of disposition_count (inpatients), abstract_right_count of
--         abstract_count: what agrees, of what was compared; 0 of 0 where nothing was
--         total_right_count of total_count: the coder's codes of every class and the abstracted facts, less all errors;
--         inpatient_… and outpatient_… are the same of those patients, and null of others
with worksheet as (
  select
    audit_id,
    sum(revised_count + omitted_count + unsupported_count + poa_changed_count + modifier_changed_count
      + principal_changed_count) as fault_count,
    sum(match_count) as match_count,
    sum(unsupported_count) as unsupported_count,
    sum(match_count + revised_count + omitted_count) as auditor_code_count,
    sum(match_count + revised_count + unsupported_count) as coder_code_count,
    sum(error_count) as error_count,
    sum(poa_required_count) as poa_count,
    sum(poa_missed_count) as poa_missed_count,
    sum(case when code_class = 'cpt_hcpcs' then match_count else 0 end) as modifier_count,
    sum(modifier_changed_count) as modifier_changed_count
  from core.audit_score
  group by audit_id
),
-- Whether modifiers are looked at: a facility whose worksheets never tell of one is not taken to have them all right.
principal as (
  select audit_id, correct_count as pdx_same_count
  from core.audit_part
  where part = 'pdx'
),
compared as (
  select
    review.audit_id,
    review.encounter_id,
    review.facility_id,
    review.service_line,
    review.patient_class,
    review.coder_id,
    review.auditor_id,
    review.audit_type,
    review.sample_method,
    review.sample,
    review.audit_date,
    worksheet.audit_id is not null as is_judged,
    worksheet.fault_count,
    worksheet.match_count,
    worksheet.unsupported_count,
    worksheet.auditor_code_count,
    principal.pdx_same_count,
    coalesce(worksheet.poa_count, 0) as poa_count,
    coalesce(worksheet.poa_missed_count, 0) as poa_missed_count,
    case when modifier_teller.facility_key is null then 0 else coalesce(worksheet.modifier_count, 0) end
      as modifier_count,
    coalesce(worksheet.modifier_changed_count, 0) as modifier_changed_count,
    case when review.patient_class = 'inpatient' then abstract.is_disposition_kept end as is_disposition_kept,
    coalesce(abstract.element_count, 0) as abstract_count,
    coalesce(abstract.changed_count, 0) as abstract_changed_count,
    worksheet.coder_code_count + coalesce(abstract.element_count, 0) as total_count,
    worksheet.coder_code_count - worksheet.error_count
      + coalesce(abstract.element_count - abstract.changed_count, 0) as total_right_count
  from core.audit_review as review
  left join worksheet using (audit_id)
  left join principal using (audit_id)
  left join core.audit_abstract as abstract using (audit_id)
  left join core.modifier_teller as modifier_teller
    on modifier_teller.facility_key = coalesce(review.facility_id, '')
  where review.is_scored
)
select
  audit_id,
  encounter_id,
  facility_id,
  service_line,
  patient_class,
  coder_id,
  auditor_id,
  audit_type,
  sample_method,
  sample,
  audit_date,
  1 as record_count,
  case when is_judged then 1 else 0 end as judged_count,
  case when not is_judged then null when fault_count = 0 then 1 else 0 end as is_error_free,
  cast(later_of(match_count - unsupported_count, 0) as bigint) as kept_count,
  cast(auditor_code_count as bigint) as auditor_code_count,
  case when pdx_same_count is null then 0 else 1 end as pdx_count,
  coalesce(pdx_same_count, 0) as pdx_same_count,
  cast(poa_count as bigint) as poa_count,
  cast(poa_count - poa_missed_count as bigint) as poa_same_count,
  cast(modifier_count as bigint) as modifier_count,
  cast(case when modifier_count = 0 then 0 else modifier_count - modifier_changed_count end as bigint)
    as modifier_same_count,
  case when is_disposition_kept is null then 0 else 1 end as disposition_count,
  case when is_disposition_kept then 1 else 0 end as disposition_same_count,
  abstract_count,
  abstract_count - abstract_changed_count as abstract_right_count,
  cast(case when patient_class = 'inpatient' then total_count end as bigint) as inpatient_count,
  cast(case when patient_class = 'inpatient' then total_right_count end as bigint) as inpatient_right_count,
  cast(case when patient_class <> 'inpatient' then total_count end as bigint) as outpatient_count,
  cast(case when patient_class <> 'inpatient' then total_right_count end as bigint) as outpatient_right_count
from compared
