-- One row per facility and month of totals; a row per coder and class where hours are split.
--
-- Key  facility_id, month, coder_id, patient_class
select
  facility_id,
  month,
  coder_id,
  patient_class,
  discharges_ip,
  discharges_all,
  gross_patient_revenue,
  admissions,
  coder_productive_hours,
  net_patient_revenue,
  primary_remits,
  primary_remits_zero_paid
from staging.period_stat
