-- One row per audited record, random and focused audits alike: is it free of errors?
--
-- Key     audit_id
-- Counts  is_error_free: 1 when no code of any class was revised, omitted or unsupported, no POA indicator changed and
--         the principal diagnosis stands; else 0. The setting pdx_double_count plays no part: one error is enough
--         record_count is 1
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
  min(case
    when revised_count + omitted_count + unsupported_count + poa_changed_count = 0 and not is_pdx_changed then 1
    else 0
  end) as is_error_free,
  1 as record_count
from mart.audit_record_class
group by
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
  audit_date
