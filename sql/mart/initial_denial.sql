-- One row per initial denial: how long to its appeal and its end, how it ended, and whether coding was the reason.
--
-- Key       denial_id
-- Kind      view
-- Counts    days are decimal, between UTC moments; an open one is watched until until_at
--           settled_count: its outcome is told; overturned_count: of those, overturned in full
--           denied_amount, recovered_amount: of settled ones with both amounts known; what was upheld or written off
--           recovered nothing unless told otherwise
--           reason_count: its category is known; coding_count: of those, coding-related
-- Excludes  denials of a later level
select
  denial_id,
  claim_id,
  facility_id,
  service_line,
  patient_class,
  payer_class,
  category,
  received_date,
  appealed_date,
  resolved_date,
  received_at,
  resolved_at,
  feed.as_of_at as until_at,
  days_between(received_at, appealed_at) as appeal_days,
  days_between(received_at, resolved_at) as resolution_days,
  case when outcome is not null then 1 else 0 end as settled_count,
  case when outcome = 'overturned' then 1 else 0 end as overturned_count,
  case
    when outcome in ('upheld', 'written_off') or (outcome is not null and recovered_amt is not null) then denied_amt
  end as denied_amount,
  case
    when denied_amt is null then null
    when outcome in ('upheld', 'written_off') then coalesce(recovered_amt, 0)
    when outcome is not null then recovered_amt
  end as recovered_amount,
  case when category is not null then 1 else 0 end as reason_count,
  case when is_coding_related then 1 else 0 end as coding_count
from core.denial
cross join (select as_of_at from core.extract_as_of where extract = 'denial') as feed
where level = 'initial'
