-- One row per facility, patient class and code set: how many codes of coded records arrive, and how many tell presence on admission.
--
-- What a facility never sends is not known of it, and not zero: from here it is read what arrives at all.
--
-- Key  facility_key, patient_class, code_set
select
  facility_key,
  patient_class,
  code_set,
  count(*) as code_count,
  cast(sum(case when poa is not null then 1 else 0 end) as bigint) as poa_count
from core.reported_code
group by facility_key, patient_class, code_set
