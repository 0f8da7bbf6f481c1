-- How the extracts name things: surrogates throughout, no person's name anywhere.

create macro encounter_id(stay_id) as printf('E%08d', stay_id::bigint);
create macro account_id(stay_id) as printf('A%08d', stay_id::bigint);
create macro class_name(class_no) as ['inpatient', 'ed', 'observation', 'outpatient_surgery', 'outpatient'][class_no];
create macro dotted(code) as case when len(code) > 3 then code[:3] || '.' || code[4:] else code end;
create macro dollars(cents) as (cents / 100.0)::decimal(18, 2);
create macro payer(patient_no, age) as case
  when age >= 65 then pick(patient_no, 'payer', ['medicare', 'medicare', 'medicare', 'medicare_advantage', 'medicare_advantage', 'commercial'])
  when age < 18 then pick(patient_no, 'payer', ['medicaid', 'medicaid', 'commercial', 'commercial', 'self_pay'])
  else pick(patient_no, 'payer', ['commercial', 'commercial', 'commercial', 'medicaid', 'medicaid', 'medicare', 'self_pay']) end;
create macro dotted_of(code_set, code) as case when code_set = 'ICD10CM' then dotted(code) else code end;

-- The last of an account's postings, where that came after its bill; a single posting is never late.
create macro late_cents(cents, postings) as case when postings > 1 then cents - cents * (postings - 1) // postings else 0 end;

-- NAACCR XML: an item, not written where its value is not known; and dates as YYYYMMDD.
create macro item(indent, id, value) as case when value is null then '' else concat(repeat(' ', indent), '<Item naaccrId="', id, '">', value, '</Item>', chr(10)) end;
create macro compact(day) as strftime(day, '%Y%m%d');
