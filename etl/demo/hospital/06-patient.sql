-- Who the patients are. A patient key is a number; its range says to which pool of patients it belongs, so that age and
-- sex follow from the key and never disagree between two encounters. Newborns, and those who die in this hospital, have
-- a key of their own: one encounter each.

create macro pool_base(pool) as getvariable('pool_size')::bigint * case pool
  when 'cancer' then 0 when 'adult' then 1 when 'older' then 2 when 'child' then 3 when 'mother' then 4 else 5 end;

create macro patient_key(patient_no) as lpad(patient_no::varchar, 8, '0');

-- The pool a case draws its patient from.
create macro patient_pool(stay_id, pool) as case
  when pool = 'any' then ['child', 'adult', 'adult', 'older'][die(stay_id, 'pool', 4)]
  when pool = 'adult' and u(stay_id, 'pool') < 0.35 then 'older'
  when pool = 'older' and u(stay_id, 'pool') < 0.15 then 'adult'
  else pool end;

-- Cancer patients come back within a few years of their diagnosis, and those of the breast are women (odd keys). One in
-- ten is not in the registry: the suspense list.
create macro cancer_patient_no(stay_id, woman) as
  case
    when u(stay_id, 'not in the registry') < 0.1 then getvariable('tumor_patients') + die(stay_id, 'which patient', getvariable('tumor_patients') // 10 + 9)
    else getvariable('tumor_patients') - floor(getvariable('tumor_patients') * 0.3 * u(stay_id, 'which patient') ** 1.5)
  end::bigint // 2 * 2 + case when woman then 1 else die(stay_id, 'which of two', 2) - 1 end;

create macro patient_no(stay_id, pool, case_id, dies) as case
  when pool = 'newborn' or dies then pool_base('once') + stay_id
  when pool = 'cancer' then cancer_patient_no(stay_id, case_id in ('mastectomy', 'surg-breast'))
  else pool_base(pool) + die(stay_id, 'which patient',
    greatest(9, getvariable('pool_size') * case pool when 'adult' then 90 when 'older' then 60 when 'child' then 25 else 12 end // 100)) end::bigint;

create macro born(patient_no, pool) as getvariable('start')::date - (365.25 * case pool
  when 'adult' then 18 + 44 * u(patient_no, 'born')
  when 'older' then 60 + 35 * u(patient_no, 'born') ** 1.2
  when 'child' then 17 * u(patient_no, 'born')
  when 'mother' then 18 + 21 * u(patient_no, 'born')
  else least(92, greatest(34, 64 + 12 * normal(patient_no, 'born'))) end)::integer;

create macro sex(patient_no, pool) as case
  when pool = 'mother' then 'female'
  when pool = 'cancer' then case when patient_no % 2 = 1 then 'female' else 'male' end
  when u(patient_no, 'sex') < 0.53 then 'female' else 'male' end;

-- Whole years; 90 stands for 90 and over.
create macro age(patient_born, day) as least(90, greatest(0, date_diff('day', patient_born, day::date) * 4 // 1461))::integer;
