select provider_id, 'hold' as type, start_at as start_ts, known(end_at) as end_ts, reason
from away
union all
select provider_id, 'suspension', start_at, known(end_at), 'delinquency'
from suspended
order by provider_id, type, start_ts
