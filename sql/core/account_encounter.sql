-- One row per encounter of an account that is in the stocks of unbilled accounts.
--
-- Key       encounter_id
-- Apart     account_id
-- Excludes  encounters of accounts with an exclusion (see core.account)
select
  encounter.encounter_id,
  account.account_id,
  account.discharge_date as account_discharge_date,
  account.encounter_count,
  encounter.admit_date,
  encounter.discharge_date,
  encounter.total_charges
from core.encounter
inner join core.account_member on account_member.encounter_id = encounter.encounter_id
inner join core.account on account.account_id = account_member.account_id
where account.exclusion is null
