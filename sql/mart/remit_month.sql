-- One row per facility and month: remittances of primary payers, and those that paid nothing.
--
-- Key       facility_id, month_end_date
-- Counts    month_end_date: a month's totals are told when it is over
-- Excludes  months of which either count is not told, or more paid nothing than there were
select
  facility_id,
  month_end_of(month) as month_end_date,
  primary_remits_zero_paid as zero_paid_count,
  primary_remits as remit_count
from core.period_stat
where
  coder_id is null
  and patient_class is null
  and primary_remits_zero_paid <= primary_remits
