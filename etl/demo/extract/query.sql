select
  printf('Q%09d', query_no) as query_id,
  encounter_id(stay_id) as encounter_id,
  workflow,
  timing,
  printf('template-%02d', die(query_no, 'template', 14)) as template,
  case when gains and severity = 2 then 'specificity' else pick(query_no, 'type', ['specificity', 'specificity', 'clinical_validation', 'conflicting', 'poa', 'cause_and_effect']) end as type,
  author_id,
  provider_id(facility_no, service_no, attending_no) as provider_id,
  sent_at as sent_ts,
  case when fate not in ('cancelled', 'no_response') then known(answered_at) end as responded_ts,
  known(closes_at) as closed_ts,
  case
    when settled and fate = 'cancelled' then 'cancelled'
    when settled then 'closed'
    when fate not in ('cancelled', 'no_response') and answered_at < getvariable('as_of') then 'responded'
    else 'sent' end as status,
  case when settled or fate not in ('cancelled', 'no_response') and answered_at < getvariable('as_of') then fate end as outcome,
  case when known then drg_before end as drg_before,
  case when known then drg end as drg_after,
  case when known then weight_before end as weight_before,
  case when known then weight_after end as weight_after,
  case when answered then gains and severity = 1 end as impact_cc,
  case when answered then gains and severity = 2 end as impact_mcc,
  case when answered then fate = 'agreed_updated' and u(query_no, 'soi') < 0.35 end as impact_soi,
  case when answered then fate = 'agreed_updated' and u(query_no, 'rom') < 0.28 end as impact_rom,
  workflow = 'cdi' and u(query_no, 'suggested') < 0.3 as ai_suggested
from (select *, answered and gains as known from (select *, fate not in ('cancelled', 'no_response') and answered_at < getvariable('as_of') as answered from query))
order by query_no
