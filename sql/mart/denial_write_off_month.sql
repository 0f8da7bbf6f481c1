-- One row per facility and month of known net patient revenue: what was written off as denied.
--
-- Key       facility_id, month_end_date
-- Counts    written_off_amount: denied less recovered, of each claim and line once, at its first write-off
--           month_end_date: a month's totals are told when it is over
-- Excludes  write-offs whose amount is not told; denials of records that have not arrived; facilities whose denials never tell outcome and amount
-- Ties      of write-offs at one moment the first is the first in order of id
-- Source    HFMA MAP Key AR-6, denial write-offs as a share of net patient service revenue
with numbered as (
  select
    facility_id,
    month_of(resolved_date) as month,
    denied_amt - coalesce(recovered_amt, 0) as amount,
    row_number() over (partition by claim_id, line_no order by resolved_at, denial_id) as write_off_no
  from core.denial
  where outcome = 'written_off' and resolved_date is not null and denied_amt is not null and not is_orphan
),
written_off as (
  select facility_id, month, sum(amount) as amount
  from numbered
  where write_off_no = 1
  group by facility_id, month
)
select
  period_stat.facility_id,
  month_end_of(period_stat.month) as month_end_date,
  coalesce(written_off.amount, 0) as written_off_amount,
  period_stat.net_patient_revenue
from core.period_stat
inner join core.operation_feed as feed on feed.facility_key = period_stat.facility_id
left join written_off
  on written_off.facility_id = period_stat.facility_id and written_off.month = period_stat.month
where
  feed.has_settlement
  and period_stat.coder_id is null
  and period_stat.patient_class is null
  and period_stat.net_patient_revenue is not null
