import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts        | service_line
  -------------+-------------+-------------+---------------+---------------------+-------------
  e1           | p1          | north       | inpatient     | 2026-01-05 10:00:00 | medicine
  e2           | p2          | north       | outpatient    | 2026-01-05 10:00:00 | surgery
`;

const finalAudit = `
  audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
  ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+-------
  a1       | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final
`;

const FAMILY = {
  CA1: 'code_accuracy_auditor',
  CA1p: 'code_accuracy_auditor_penalised',
  CA2: 'code_accuracy_coder',
  CA3: 'code_accuracy_all',
  precision: 'code_precision',
  recall: 'code_recall',
  F1: 'code_f1',
} as const;

/** What the random audits add up to, over all records and classes. */
const totals = async (raw: Readonly<Record<string, string>>) => {
  const warehouse = await ask({ encounter, audit_review: finalAudit, ...raw });
  const [sum] = await rows(
    warehouse.connection,
    `select
       sum(match_count) as match,
       sum(coder_code_count) as coder,
       sum(auditor_code_count) as auditor,
       sum(opportunity_count) as either,
       sum(error_count) as error,
       sum(coder_right_count) as coder_right,
       (select sum(kept_count) from mart.random_audit_record) as kept,
       (select sum(is_error_free) from mart.random_audit_record) as error_free,
       (select sum(record_count) from mart.random_audit_record) as record
     from mart.random_audit_record_class`,
  );
  expect(warehouse.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0)).toEqual([]);
  const { match, coder, auditor, either, error, kept, error_free, record } = sum as Record<string, number>;
  const asked = await warehouse.values(...Object.values(FAMILY));
  const values = Object.fromEntries(Object.entries(FAMILY).map(([code, id]) => [code, asked[id]]));
  await warehouse.close();
  return { match, coder, auditor, either, error, kept, error_free, record, ...values };
};

test('golden vector A: codes of one category are paired, the principal diagnosis counts twice', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | auditor_code
        ---------+------+----------+------+------------+-------------
        a1       | 1    | ICD10CM  | pdx  | I50.9      |
        a1       | 2    | ICD10CM  | sdx  | E11.9      |
        a1       | 3    | ICD10CM  | sdx  | N17.9      | N17.9
        a1       | 4    | ICD10CM  | sdx  | J44.9      |
        a1       | 5    | ICD10CM  | sdx  | Z79.4      | Z79.4
        a1       | 6    | ICD10CM  | pdx  |            | I50.23
        a1       | 7    | ICD10CM  | sdx  |            | E11.22
        a1       | 8    | ICD10CM  | sdx  |            | J44.1
        a1       | 9    | ICD10CM  | sdx  |            | N18.31
      `,
    }),
  ).toMatchObject({
    match: 2,
    coder: 5,
    auditor: 6,
    either: 6,
    error: 1 + 3 + 0 + 0 + 1,
    CA1: 2 / 6,
    CA2: 1 - 5 / 5,
    CA3: 2 / 6,
    precision: 2 / 5,
    recall: 2 / 6,
    F1: (2 * 2) / (5 + 6),
  });
});

test('golden vector B: codes too many leave CA1 perfect and cost CA2 and CA3', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | auditor_code
        ---------+------+----------+------+------------+-------------
        a1       | 1    | ICD10CM  | pdx  | K35.80     | K35.80
        a1       | 2    | ICD10CM  | sdx  | R10.31     |
        a1       | 3    | ICD10CM  | sdx  | R11.2      |
      `,
    }),
  ).toMatchObject({
    match: 1,
    error: 2,
    CA1: 1 / 1,
    CA1p: Math.max(0, 1 - 2) / 1,
    CA2: (3 - 2) / 3,
    CA3: 1 / 3,
    error_free: 0,
    record: 1,
  });
});

test('golden vector C: one revised, one omitted, one POA indicator changed', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | coder_poa | auditor_code | auditor_poa
        ---------+------+----------+------+------------+-----------+--------------+------------
        a1       | 1    | ICD10CM  | pdx  | A41.9      | Y         | A41.9        | Y
        a1       | 2    | ICD10CM  | sdx  | I10        | Y         | I10          | N
        a1       | 3    | ICD10CM  | sdx  | E03.9      | Y         | E03.9        | Y
        a1       | 4    | ICD10CM  | sdx  | E78.5      | Y         | E78.5        | Y
        a1       | 5    | ICD10CM  | sdx  | F32.A      | Y         | F32.A        | Y
        a1       | 6    | ICD10CM  | sdx  | G47.33     | Y         | G47.33       | Y
        a1       | 7    | ICD10CM  | sdx  | K21.9      | Y         | K21.9        | Y
        a1       | 8    | ICD10CM  | sdx  | Z87.891    | E         | Z87.891      | 1
        a1       | 9    | ICD10CM  | sdx  | Z79.4      |           | Z79.4        |
        a1       | 10   | ICD10CM  | sdx  | N18.30     | Y         | N18.31       | N
        a1       | 11   | ICD10CM  | sdx  |            |           | D62          | N
      `,
    }),
  ).toMatchObject({
    match: 9,
    coder: 10,
    auditor: 11,
    error: 1 + 1 + 1,
    CA1: 9 / 11,
    CA2: (10 - 3) / 10,
    CA3: 9 / 11,
    precision: 9 / 10,
  });
});

test('codes too many are taken off record by record: one record’s surplus does not eat another’s correct codes', async () => {
  const audit_review = `${finalAudit}    a2       | e2           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final
  `;
  const audit_code = `
    audit_id | line | code_set | role | coder_code | auditor_code
    ---------+------+----------+------+------------+-------------
    a1       | 1    | ICD10CM  | pdx  | K35.80     | K35.80
    a1       | 2    | ICD10CM  | sdx  | R10.31     |
    a1       | 3    | ICD10CM  | sdx  | R11.2      |
    a2       | 1    | ICD10CM  | pdx  | I10        | I10
    a2       | 2    | ICD10CM  | sdx  | E11.9      | E11.9
    a2       | 3    | ICD10CM  | sdx  | E78.5      |
  `;
  expect(await totals({ audit_review, audit_code })).toMatchObject({
    ...{ match: 1 + 2, kept: Math.max(0, 1 - 2) + Math.max(0, 2 - 1), CA1: 3 / 3, CA1p: (0 + 1) / (1 + 2) },
  });
});

test('golden vector G: of two diagnoses and the admitting one, a changed principal diagnosis is 2 of 3, a secondary 1 of 3', async () => {
  const worksheet = (principal: string, secondary: string): string => `
    audit_id | line | code_set | role  | coder_code | auditor_code
    ---------+------+----------+-------+------------+-------------
    a1       | 1    | ICD10CM  | pdx   | J18.9      | ${principal}
    a1       | 2    | ICD10CM  | sdx   | I10        | ${secondary}
    a1       | 3    | ADMIT_DX | admit | R05.9      | R05.9
  `;
  expect(await totals({ audit_code: worksheet('J15.9', 'I10') })).toMatchObject({ error: 2, coder: 3 });
  expect(await totals({ audit_code: worksheet('J18.9', 'I11.9') })).toMatchObject({ error: 1, coder: 3 });
  expect(
    await totals({ audit_code: worksheet('J15.9', 'I10'), metric_setting: 'name | value\n pdx_double_count | no' }),
  ).toMatchObject({ error: 1, coder: 3, error_free: 0 });
});

test('a principal diagnosis that only changed places is one error, and the record is not free of errors', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | coder_seq | auditor_code | auditor_seq
        ---------+------+----------+------+------------+-----------+--------------+------------
        a1       | 1    | ICD10CM  | pdx  | I10        | 1         | N17.9        | 1
        a1       | 2    | ICD10CM  | sdx  | N17.9      | 2         | I10          | 2
      `,
    }),
  ).toMatchObject({ match: 2, coder: 2, auditor: 2, error: 1, CA1: 2 / 2, CA2: 1 - 1 / 2, error_free: 0 });
});

test('codes of one category are not paired where the auditor says that they stand alone', async () => {
  const worksheet = (link: string): string => `
    audit_id | line | code_set | role | coder_code | auditor_code | link_type
    ---------+------+----------+------+------------+--------------+----------
    a1       | 1    | ICD10CM  | sdx  | E11.9      |              | ${link}
    a1       | 2    | ICD10CM  | sdx  |            | E11.22       | ${link}
  `;
  expect(await totals({ audit_code: worksheet('explicit') })).toMatchObject({ either: 2, error: 1 + 1 });
  expect(await totals({ audit_code: worksheet('inferred') })).toMatchObject({ either: 1, error: 1 });
});

test('a diagnosis counts once however often it is written, a procedure as often', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | auditor_code
        ---------+------+----------+------+------------+-------------
        a1       | 1    | ICD10CM  | pdx  | I10        | I10
        a1       | 2    | ICD10CM  | sdx  | I10        |
        a1       | 3    | ICD10PCS | pcs  | 0DTJ4ZZ    | 0DTJ4ZZ
        a1       | 4    | ICD10PCS | pcs  | 0DTJ4ZZ    |
      `,
    }),
  ).toMatchObject({ match: 2, coder: 1 + 2, auditor: 1 + 1, error: 1 });
});

test('dots, case and blanks make no difference', async () => {
  expect(
    await totals({
      audit_code: `
        audit_id | line | code_set | role | coder_code | auditor_code
        ---------+------+----------+------+------------+-------------
        a1       | 1    | ICD10CM  | pdx  | E11.9      | e119
      `,
    }),
  ).toMatchObject({ match: 1, either: 1, error_free: 1 });
});

test('POA indicators are compared for inpatients only', async () => {
  const review = finalAudit.replace('e1 ', 'e2 ');
  const audit_code = `
    audit_id | line | code_set | role | coder_code | coder_poa | auditor_code | auditor_poa
    ---------+------+----------+------+------------+-----------+--------------+------------
    a1       | 1    | ICD10CM  | pdx  | I10        | Y         | I10          | N
  `;
  expect(await totals({ audit_code })).toMatchObject({ error: 1, error_free: 0 });
  expect(await totals({ audit_code, audit_review: review })).toMatchObject({ error: 0, error_free: 1 });
});

test('drafts, second reviews and focused audits are not counted; an overturned finding leaves the codes standing', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status | rebuttal_outcome   | is_second_review_of
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+--------+--------------------+--------------------
    draft    | e1           | routine_random | srs           | kim      | lee        |                     | 2026-Q1      | open   |                    |
    second   | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  |                    | upheld
    judged   | e1           | routine_random | judgmental    | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  |                    |
    focused  | e1           | focused        | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  |                    |
    upheld   | e1           | routine_random | census        | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  | finding_upheld     |
    won      | e1           | routine_random | stratified    | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  | finding_overturned |
  `;
  const worksheets = ['draft', 'second', 'judged', 'focused', 'upheld', 'won']
    .map((audit) => `${audit} | 1 | ICD10CM | pdx | I10 | I11.9\n${audit} | 2 | ICD10CM | sdx | | E11.9\n`)
    .join('');
  const audit_code = `audit_id | line | code_set | role | coder_code | auditor_code\n${worksheets}`;
  // upheld: one revised (and principal), one omitted. won: the coder's one code stands, nothing was omitted.
  expect(await totals({ audit_review, audit_code })).toMatchObject({
    ...{ match: 0 + 1, coder: 1 + 1, auditor: 2 + 1, error: 3 + 0, error_free: 0 + 1, record: 2 },
  });
});

test('audits sent as counts follow the net counting rule', async () => {
  const review = (counts: string): string => `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status | dx_pre | dx_post | dx_added | dx_edited | dx_unassigned | poa_changes | pdx_changed
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+--------+--------+---------+----------+-----------+---------------+-------------+------------
    a1       | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final  | ${counts}
  `;
  // Ten codes before, eleven after: one is added; one of the ten was edited, nine match. As golden vector C.
  expect(await totals({ audit_review: review('10 | 11 | 1 | 1 | 0 | 1 | false') })).toMatchObject({
    ...{ match: 9, coder: 10, auditor: 11, error: 3, CA1: 9 / 11, CA2: (10 - 3) / 10, CA3: 9 / 11 },
  });
  // Added and unassigned not sent: they follow from before and after.
  expect(await totals({ audit_review: review('3 | 1 | | 0 | | | ') })).toMatchObject({ match: 1, error: 2, either: 3 });
});

test('numbers go by the auditor’s closing day; without one, by the stated period', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+-------
    a1       | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q3      | final
    a2       | e1           | routine_random | srs           | kim      | lee        |                     | 2026-Q3      | final
    a3       | e1           | routine_random | srs           | kim      | lee        |                     | 2026-08      | final
    a4       | e1           | routine_random | srs           | kim      | lee        |                     | 2026         | final
  `;
  const { connection, close } = await buildInMemory({ raw: { encounter, audit_review } });
  expect(
    await rows(connection, `select audit_id, audit_date::varchar as day from core.audit_review order by all`),
  ).toEqual([
    { audit_id: 'a1', day: '2026-02-10' },
    { audit_id: 'a2', day: '2026-07-01' },
    { audit_id: 'a3', day: '2026-08-01' },
    { audit_id: 'a4', day: '2026-01-01' },
  ]);
  await close();
});
