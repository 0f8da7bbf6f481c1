import { expect, test } from 'vitest';
import { asking, askingOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

/** A made-up table: B880 becomes a header on 1 October 2025, Z9X begins with the update of 1 April 2026. */
const icd10cm_code = `
  code  | valid_from | valid_to   | is_billable | title                | is_unspecified | has_specific_sibling
  ------+------------+------------+-------------+----------------------+----------------+---------------------
  A00   | 2024-10-01 |            | false       | Cholera              | false          | true
  A000  | 2024-10-01 |            | true        | Cholera due to 01    | false          | true
  A009  | 2024-10-01 |            | true        | Cholera, unspecified | true           | true
  J189  | 2024-10-01 |            | true        | Pneumonia, unsp …    | true           | false
  B880  | 2024-10-01 | 2025-10-01 | true        | Other acariasis      | false          | true
  B880  | 2025-10-01 |            | false       | Other acariasis      | false          | true
  Z9X   | 2026-04-01 |            | true        | New in April         | false          | true
`;

const asserted = (asserts: readonly { readonly name: string; readonly violations: number }[], name: string): number =>
  asserts.find((each) => each.name === name)!.violations;

test('the day of discharge decides for inpatients, the day of service for others: 30 September and 1 October', async () => {
  const warehouse = await buildInMemory({
    raw: {
      icd10cm_code,
      encounter: `
        encounter_id | patient_key | facility_id | patient_class | admit_ts         | discharge_ts
        -------------+-------------+-------------+---------------+------------------+------------------
        e1           | p1          | north       | inpatient     | 2025-09-28 10:00 | 2025-09-30 23:59
        e2           | p2          | north       | inpatient     | 2025-09-30 10:00 | 2025-10-01 00:00
        e3           | p3          | north       | ed            | 2025-09-30 23:00 | 2025-10-01 01:00
        e4           | p4          | north       | inpatient     | 2026-03-30 10:00 | 2026-03-31 12:00
        e5           | p5          | north       | inpatient     | 2026-03-30 10:00 | 2026-04-01 12:00
        e6           | p6          | north       | inpatient     | 2024-09-28 10:00 | 2024-09-30 12:00
        e7           | p7          | north       | inpatient     | 2025-11-01 10:00 | 2025-11-02 12:00
      `,
      encounter_code: `
        encounter_id | stage   | code_set | seq | code
        -------------+---------+----------+-----+-------
        e1           | final   | ICD10CM  | 1   | B88.0
        e2           | final   | ICD10CM  | 1   | b88.0
        e3           | final   | ICD10CM  | 1   | B88.0
        e4           | final   | ICD10CM  | 1   | Z9X
        e5           | final   | ICD10CM  | 1   | Z9X
        e6           | final   | ICD10CM  | 1   | A00.0
        e7           | billed  | ICD10CM  | 1   | Q99.9
        e7           | working | ICD10CM  | 2   | Q99.8
        e7           | billed  | CPT      | 1   | 99281
        gone         | final   | ICD10CM  | 1   | Q99.9
      `,
    },
  });
  const verdict = await rows(
    warehouse.connection,
    `select encounter_id, is_examined, is_listed, is_billable from core.reported_code
     where code_set = 'ICD10CM' order by encounter_id`,
  );
  expect(verdict.map((row) => Object.values(row).join(' '))).toEqual([
    'e1 true true true',
    'e2 true true false',
    'e3 true true true',
    'e4 true false false',
    'e5 true true true',
    'e6 false  ',
    'e7 true false false',
  ]);
  const { values } = await asking(warehouse);
  expect(await values('invalid_codes', 'header_codes')).toEqual({ invalid_codes: 2 / 6, header_codes: 1 / 6 });
  expect(asserted(warehouse.asserts, 'code_in_force')).toBe(2);
  expect(asserted(warehouse.asserts, 'code_is_billable')).toBe(1);
  expect(asserted(warehouse.asserts, 'diagnosis_on_coded_record')).toBe(0);
  await warehouse.close();
});

test('how many codes were in force, span by span', async () => {
  const { connection, close } = await buildInMemory({ looksAt: ['core.code_table_period'], raw: { icd10cm_code } });
  expect(
    await rows(
      connection,
      `select valid_from::varchar as since, valid_until::varchar as until, code_count, billable_count
       from core.code_table_period order by 1`,
    ),
  ).toEqual([
    { since: '2024-10-01', until: '2025-10-01', code_count: 5, billable_count: 4 },
    { since: '2025-10-01', until: '2026-04-01', code_count: 5, billable_count: 3 },
    { since: '2026-04-01', until: '9999-12-31', code_count: 6, billable_count: 4 },
  ]);
  await close();
});

test('unspecified codes, those that could be said better, and records with one', async () => {
  const warehouse = await buildInMemory({
    looksAt: ['mart.record_code_class', 'mart.coded_record', 'core.icd10cm_code'],
    raw: {
      icd10cm_code,
      encounter: `
        encounter_id | patient_key | patient_class | discharge_ts
        e1           | p1          | inpatient     | 2025-01-10 12:00
        e2           | p2          | inpatient     | 2025-01-10 12:00
        e3           | p3          | inpatient     | 2025-01-10 12:00
      `,
      encounter_code: `
        encounter_id | stage | code_set | seq | code
        e1           | final | ICD10CM  | 1   | A009
        e1           | final | ICD10CM  | 2   | J189
        e1           | final | ADMIT_DX | 1   | A009
        e2           | final | ICD10CM  | 1   | A000
        e3           | final | ICD10CM  | 1   | Q999
      `,
    },
  });
  const { values } = await askingOf(warehouse);
  expect(await values('unspecified_codes', 'unspecified_codes_avoidable', 'unspecified_records')).toEqual({
    // Of A009 and J189 of e1, its admitting A009 and A000 of e2; Q999 stands in no table.
    unspecified_codes: 3 / 4,
    unspecified_codes_avoidable: 2 / 4,
    unspecified_records: 1 / 2,
  });
  await warehouse.close();
});

test('POA is wanted of inpatient diagnoses not exempt that day, and of no facility that never sends it', async () => {
  const warehouse = await buildInMemory({
    looksAt: ['mart.record_code_class', 'core.poa_exempt'],
    raw: {
      poa_exempt: `
        code | valid_from | valid_to
        Z99  | 2024-10-01 | 2025-10-01
      `,
      encounter: `
        encounter_id | patient_key | facility_id | patient_class | admit_ts         | discharge_ts
        e1           | p1          | north       | inpatient     | 2025-09-20 12:00 | 2025-09-30 12:00
        e2           | p2          | north       | inpatient     | 2025-09-20 12:00 | 2025-10-01 12:00
        e3           | p3          | north       | ed            | 2025-09-20 12:00 | 2025-09-20 13:00
        e4           | p4          | silent      | inpatient     | 2025-09-20 12:00 | 2025-09-30 12:00
      `,
      encounter_code: `
        encounter_id | stage | code_set | seq | code | poa
        e1           | final | ICD10CM  | 1   | A000 | Y
        e1           | final | ICD10CM  | 2   | B000 |
        e1           | final | ICD10CM  | 3   | C000 | 1
        e1           | final | ICD10CM  | 4   | Z99  | Y
        e1           | final | ICD10CM  | 5   | Z99  | 1
        e2           | final | ICD10CM  | 1   | Z99  |
        e3           | final | ICD10CM  | 1   | A000 |
        e4           | final | ICD10CM  | 1   | A000 |
      `,
    },
  });
  const { values } = await askingOf(warehouse);
  // From 1 October on the list says nothing: e2 is not examined.
  expect(await values('poa_missing', 'poa_exempt_reported')).toEqual({
    poa_missing: 2 / 3,
    poa_exempt_reported: 1 / 2,
  });
  await warehouse.close();
});

test('codes a record, social determinants, symptoms; a facility without procedures is not known, not zero', async () => {
  const warehouse = await buildInMemory({
    raw: {
      encounter: `
        encounter_id | patient_key | facility_id | patient_class | admit_ts         | discharge_ts
        e1           | p1          | north       | inpatient     | 2026-01-01 12:00 | 2026-01-10 12:00
        e2           | p2          | north       | inpatient     | 2026-01-01 12:00 | 2026-01-10 12:00
        e3           | p3          | south       | ed            | 2026-01-01 12:00 | 2026-01-01 13:00
      `,
      encounter_code: `
        encounter_id | stage | code_set | seq | code
        e1           | final | ICD10CM  | 1   | R99
        e1           | final | ICD10CM  | 2   | Z550
        e1           | final | ICD10PCS | 1   | 0016070
        e1           | final | ICD10PCS | 2   | 0016071
        e2           | final | ICD10CM  | 1   | S000
        e2           | final | ICD10CM  | 2   | Z549
        e2           | final | ICD10CM  | 4   | Z660
        e3           | final | ICD10CM  | 1   | R000
        e3           | final | ICD10PCS | 1   | 0016070
        e3           | final | VISIT_REASON | 1 | felt ill
      `,
    },
  });
  const { values, by } = await asking(warehouse);
  expect(await values('dx_per_record', 'sdoh_records', 'symptom_pdx_records', 'malformed_codes')).toEqual({
    dx_per_record: (2 + 3 + 1) / 3,
    sdoh_records: 1 / 3,
    symptom_pdx_records: 2 / 3,
    malformed_codes: 1 / 10,
  });
  expect(await by('px_per_record', 'facility')).toEqual({ north: (2 + 0) / 2, south: null });
  expect(asserted(warehouse.asserts, 'icd10pcs_inpatient_only')).toBe(1);
  expect(asserted(warehouse.asserts, 'code_sequence_without_gap')).toBe(1);
  await warehouse.close();
});

test('a heap at 25 diagnoses is a finding, a tail that thins out is none', async () => {
  const heap = { cut: [3, 3, 10, 0], near: [3, 3, 9, 0], whole: [10, 9, 8, 7] };
  const records = Object.entries(heap).flatMap(([facility, counts]) =>
    counts.flatMap((count, i) =>
      Array.from({ length: count }, (_, k) => ({ facility, id: `${facility}${i}x${k}`, dx: 23 + i })),
    ),
  );
  const warehouse = await buildInMemory({
    raw: {
      encounter: [
        'encounter_id | patient_key | facility_id | patient_class | discharge_ts',
        ...records.map(({ id, facility }) => `${id} | p | ${facility} | inpatient | 2026-01-10 12:00`),
      ].join('\n'),
      encounter_code: [
        'encounter_id | stage | code_set | seq | code',
        ...records.flatMap(({ id, dx }) =>
          Array.from({ length: dx }, (_, k) => `${id} | final | ICD10CM | ${k + 1} | A000`),
        ),
      ].join('\n'),
    },
  });
  const { by } = await asking(warehouse);
  expect(await by('truncated_records', 'facility')).toEqual({
    cut: 10 / 16,
    near: 9 / 15,
    whole: 8 / 34,
  });
  // The limit is 3 + 0 + 3·√4 = 9: 10 at `cut` are over it, 9 at `near` are not.
  expect(asserted(warehouse.asserts, 'diagnoses_cut_off_at_25')).toBe(1);
  await warehouse.close();
});

test('coding touched again after it was final, after the bill, and after documents came', async () => {
  const warehouse = await buildInMemory({
    looksAt: ['mart.coding_revision'],
    raw: {
      encounter: `
        encounter_id | patient_key | facility_id | patient_class | discharge_ts
        e1           | p1          | north       | inpatient     | 2026-01-01 12:00
        e2           | p2          | north       | inpatient     | 2026-01-01 12:00
        e3           | p3          | north       | inpatient     | 2026-01-01 12:00
        e4           | p4          | south       | inpatient     | 2026-01-01 12:00
      `,
      coding_event: `
        encounter_id | event       | event_ts         | event_no
        e1           | final_coded | 2026-01-03 12:00 | 1
        e1           | recoded     | 2026-01-09 12:00 | 2
        e2           | recoded     | 2026-01-02 12:00 | 1
        e2           | final_coded | 2026-01-03 12:00 | 2
        e3           | final_coded | 2026-01-03 12:00 | 1
        e3           | reopened    | 2026-01-04 12:00 | 2
        e3           | recoded     | 2026-01-05 12:00 | 3
        e4           | final_coded | 2026-01-03 12:00 | 1
      `,
      billing: `
        encounter_id | bill_no | gross_charges | final_billed_ts
        e1           | 1       | 100           | 2026-01-08 12:00
        e1           | 2       | 100           | 2026-01-20 12:00
        e3           | 1       | 100           | 2026-01-05 12:00
        e4           | 1       | 100           |
      `,
      document: `
        document_id | encounter_id | doc_type | event   | event_ts
        d1          | e1           | DS       | scanned | 2026-01-03 12:00
        d2          | e2           | DS       | scanned | 2026-01-03 12:01
        d3          | e3           | DS       | signed  | 2026-01-09 12:00
      `,
    },
  });
  const { values } = await askingOf(warehouse);
  expect(await values('first_pass_records', 'recoded_records', 'recoded_after_bill', 'late_document_records')).toEqual({
    first_pass_records: 2 / 4,
    recoded_records: 2 / 4,
    // e1 after its first bill; e3 at the same minute is not after it.
    recoded_after_bill: 1 / 2,
    late_document_records: 1 / 3,
  });
  await warehouse.close();
});

test('without code tables the measures that need them are not known, and say why', async () => {
  const warehouse = await buildInMemory({
    looksAt: [
      'mart.record_code_class',
      'mart.coded_record',
      'mart.drg_record',
      'mart.mce_edit_day',
      'mart.unspecified_edit_day',
    ],
    raw: {
      encounter: `
        encounter_id | patient_key | patient_class | discharge_ts     | age_years | sex
        e1           | p1          | inpatient     | 2026-01-10 12:00 | 40        | female
      `,
      encounter_code: `
        encounter_id | stage | code_set | seq | code
        e1           | final | ICD10CM  | 1   | A009
      `,
    },
  });
  const { answer, values } = await askingOf(warehouse);
  const ids = ['invalid_codes', 'unspecified_records', 'poa_missing', 'cc_mcc_rate', 'unspecified_code_edit'];
  expect(Object.values(await values(...ids))).toEqual(ids.map(() => null));
  const { metrics } = await answer({ metrics: [...ids, 'dx_per_record'] });
  expect(metrics.map(({ notKnown }) => /`code_tables\.(\w+)`/.exec(notKnown ?? '')?.[1])).toEqual([
    ...['icd10cm', 'icd10cm', 'poa_exempt', 'ms_drg', 'mce'],
    undefined,
  ]);
  // Edits that need no table are there all the same.
  expect(await values('mce_edit_records', 'mce_records_with_edit')).toEqual({
    mce_edit_records: 0,
    mce_records_with_edit: 0,
  });
  await warehouse.close();
});
