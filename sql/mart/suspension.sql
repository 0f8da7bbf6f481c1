-- One row per suspension of a provider.
--
-- Key     provider_id, start_at
-- Counts  repeat_count 1 where one of the same provider began within the 365 days before; suspension_count 1
--         suspension_days whole calendar days, null while it lasts
with suspension as (
  select
    provider_id,
    start_at,
    start_date,
    end_date,
    max(start_date) over (
      partition by provider_id
      order by start_at
      rows between unbounded preceding and 1 preceding
    ) as previous_date
  from core.provider_interval
  where type = 'suspension'
)
select
  provider_id,
  start_at,
  start_date,
  end_date,
  specialty,
  service_line,
  day_count(start_date, end_date) as suspension_days,
  1 as suspension_count,
  case when day_count(previous_date, start_date) <= 365 then 1 else 0 end as repeat_count
from suspension
left join core.provider using (provider_id)
