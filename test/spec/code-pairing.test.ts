import { expect, test } from 'vitest';
import { rows } from '../support/warehouse.ts';
import { ask } from '../support/ask.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class
  -------------+-------------+-------------+--------------
  e1           | p1          | north       | inpatient
`;

const audit_review = `
  audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
  ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+-------
  a1       | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final
`;

// Coder 5 codes, auditor 6; both wrote 2. On one line: J44.9 → J44.1. Of one category: E11.9 → E11.22. Left over: one
// of the coder's, two of the auditor's.
const audit_code = `
  audit_id | line | code_set | role | coder_code | auditor_code
  ---------+------+----------+------+------------+-------------
  a1       | 1    | ICD10CM  | pdx  | A41.9      | A41.9
  a1       | 2    | ICD10CM  | sdx  | Z79.4      | Z79.4
  a1       | 3    | ICD10CM  | sdx  | J44.9      | J44.1
  a1       | 4    | ICD10CM  | sdx  | E11.9      |
  a1       | 5    | ICD10CM  | sdx  |            | E11.22
  a1       | 6    | ICD10CM  | sdx  | R53.1      |
  a1       | 7    | ICD10CM  | sdx  |            | N18.31
  a1       | 8    | ICD10CM  | sdx  |            | D62
`;

const paired = async (setting: string | null) => {
  const metric_setting = `name | value\n${setting === null ? '' : `pairing | ${setting}`}`;
  const { connection, view, close } = await ask({ encounter, audit_review, audit_code, metric_setting });
  const [sum] = await rows(
    connection,
    `select sum(match_count) as m, sum(revised_count) as r, sum(omitted_count) as o, sum(unsupported_count) as c
     from core.audit_score`,
  );
  const how = await rows(
    connection,
    `select pairing, coder_code, auditor_code from core.audit_code where verdict = 'revised' order by coder_line`,
  );
  const split = await view({ metrics: ['code_accuracy_all'], by: ['pairing'] });
  await close();
  return {
    ...sum,
    how: how.map((one) => Object.values(one).join(' ')),
    said: split.map(({ pairing, value }) => [pairing, value]),
  };
};

const line = 'line J449 J441';
const category = 'category E119 E1122';
const order = 'order R531 N1831';

test('the default pairs by line, then by category', async () => {
  const expected = { m: 2, r: 2, o: 2, c: 1, how: [line, category], said: [['category', 2 / (2 + 2 + 2 + 1)]] };
  expect(await paired(null)).toEqual(expected);
  expect(await paired('category')).toEqual(expected);
});

test('explicit_link pairs what stands on one line and nothing else', async () => {
  expect(await paired('explicit_link')).toEqual({
    ...{ m: 2, r: 1, o: 3, c: 2, how: [line], said: [['explicit_link', 2 / (2 + 1 + 3 + 2)]] },
  });
});

test('net_count leaves only a surplus omitted or unsupported (Dolbey): a ≥ c gives O = a − c, C = 0, R = c − M', async () => {
  const [a, c, m] = [6, 5, 2];
  expect(await paired('net_count')).toEqual({
    ...{
      m,
      r: c - m,
      o: a - c,
      c: 0,
      how: [line, category, order],
      said: [['net_count', m / (m + (c - m) + (a - c))]],
    },
  });
});

test('net_count the other way round: a < c gives C = c − a, O = 0, R = a − M', async () => {
  const { connection, close } = await ask({
    ...{ encounter, audit_review, metric_setting: 'name | value\npairing | net_count' },
    audit_code: `
      audit_id | line | code_set | role | coder_code | auditor_code
      ---------+------+----------+------+------------+-------------
      a1       | 1    | ICD10PCS | pcs  | 0DTJ4ZZ    | 0DTJ4ZZ
      a1       | 2    | ICD10PCS | pcs  | 0DTJ0ZZ    |
      a1       | 3    | ICD10PCS | pcs  | 0FT44ZZ    |
      a1       | 4    | ICD10PCS | pcs  |            | 0FT40ZZ
    `,
  });
  expect(
    await rows(
      connection,
      'select match_count as m, revised_count as r, omitted_count as o, unsupported_count as c from core.audit_score',
    ),
  ).toEqual([{ m: 1, r: 2 - 1, o: 0, c: 3 - 2 }]);
  await close();
});
