import { expect, test } from 'vitest';
import { readContracts } from '../../etl/contract/contract.ts';
import { ask } from '../support/ask.ts';
import { createTable, rows } from '../support/table.ts';
import { buildInMemory } from '../support/warehouse.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class
  -------------+-------------+-------------+--------------
  e1           | p1          | north       | inpatient
  e2           | p2          | north       | inpatient
`;

const review = (rows: string): string => `
  audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_opened_ts     | audit_closed_ts     | audit_period | status
  ---------+--------------+----------------+---------------+----------+------------+---------------------+---------------------+--------------+-------
  ${rows}
`;
const a1 = 'a1 | e1 | routine_random | srs | kim | lee | 2026-02-09 09:00:00 | 2026-02-10 09:00:00 | 2026-Q1 | final';

const broken = async (raw: Readonly<Record<string, string>>) => {
  const asked = await ask({ encounter, ...raw });
  const found = asked.broken;
  await asked.close();
  return found;
};

test('a code the encounter never had at any stage is named; one it had once is not', async () => {
  const encounter_code = `
    encounter_id | code_set | seq | code  | stage
    -------------+----------+-----+-------+--------
    e1           | ICD10CM  | 1   | I10   | final
    e1           | ICD10CM  | 2   | E11.9 | working
  `;
  const audit_code = `
    audit_id | line | code_set | role | coder_code | auditor_code
    ---------+------+----------+------+------------+-------------
    a1       | 1    | ICD10CM  | pdx  | i10        | I10
    a1       | 2    | ICD10CM  | sdx  | E119       | E11.9
    a1       | 3    | ICD10CM  | sdx  | J18.9      | J18.9
    a1       | 4    | ICD10CM  | sdx  |            | D62
    a1       | 5    | ICD10PCS | pcs  | 0DTJ4ZZ    | 0DTJ4ZZ
  `;
  // J18.9 alone. D62 is the auditor's; of this encounter's procedures nothing has arrived.
  expect(await broken({ audit_review: review(a1), audit_code, encounter_code })).toEqual({
    audit_code_on_encounter: 1,
  });
});

test('an audit begins after final coding, unless it is a pre-bill audit', async () => {
  const coding_event = (at: string): string => `
    encounter_id | event       | event_ts | event_no
    -------------+-------------+----------+---------
    e1           | final_coded | ${at}    | 1
  `;
  const audit_review = review(a1);
  // The patient has not left: a finding of its own beside this one.
  const inHouse = { discharge_of_closed_inpatient: 1 };
  expect(await broken({ audit_review, coding_event: coding_event('2026-02-09 09:00:00') })).toEqual(inHouse);
  expect(await broken({ audit_review, coding_event: coding_event('2026-02-09 09:00:01') })).toEqual({
    ...inHouse,
    audit_after_final_coding: 1,
  });
  const prebill = review(a1.replace('routine_random', 'prebill'));
  expect(await broken({ audit_review: prebill, coding_event: coding_event('2026-02-09 09:00:01') })).toEqual(inHouse);
});

test('an auditor’s word that contradicts the codes is named; a code replaced by one that stands already does not', async () => {
  const audit_code = (first: string, second: string): string => `
    audit_id | line | code_set | role | coder_code | auditor_code | error_type
    ---------+------+----------+------+------------+--------------+-----------
    a1       | 1    | ICD10CM  | pdx  | I10        | I10          | ${first}
    a1       | 2    | ICD10CM  | sdx  | E11.9      | E11.65       | ${second}
    a1       | 3    | ICD10CM  | sdx  | E11.8      | E11.65       | revised
  `;
  const audit_review = review(a1);
  expect(await broken({ audit_review, audit_code: audit_code('match', 'revised') })).toEqual({});
  expect(await broken({ audit_review, audit_code: audit_code('revised', 'match') })).toEqual({
    audit_verdict_agrees: 2,
    verdict_fits_codes: 2,
  });
});

/** The checks of the audit contract that a row breaks, asked as the gate asks them. */
const checksBroken = async (columns: Readonly<Record<string, string>>) => {
  const { connection, close } = await buildInMemory({ raw: {} });
  await connection.run('use input');
  const head = Object.keys(columns).join(' | ');
  await createTable(connection, 'main.audit_review', `${head}\n${Object.values(columns).join(' | ')}`);
  const checks = readContracts().get('audit_review')!.checks;
  const [row] = await rows(
    connection,
    `select ${checks
      .map(({ id, examined, violated }) => `coalesce((${examined}) and (${violated}), false) as "${id}"`)
      .join(', ')} from main.audit_review`,
  );
  await close();
  return Object.entries(row!).flatMap(([id, isBroken]) => (isBroken === true ? [id] : []));
};

const plain = {
  audit_id: 'a1',
  encounter_id: 'e1',
  coder_id: 'kim',
  auditor_id: 'lee',
  status: 'final',
  audit_closed_ts: '2026-02-10 09:00:00',
};

test.each([
  [{}, []],
  [{ auditor_id: 'kim' }, ['coder-does-not-audit-self']],
  [{ is_second_review_of: 'a1' }, ['review-is-not-of-itself']],
  [{ is_second_review_of: 'a0' }, []],
  [{ dx_pre: '10', dx_post: '11', dx_added: '1', dx_edited: '10', dx_unassigned: '0' }, []],
  [
    { dx_pre: '10', dx_post: '10', dx_added: '1', dx_edited: '10', dx_unassigned: '1' },
    ['summary-counts-within-codes'],
  ],
  [{ px_pre: '2', px_post: '1', px_edited: '2' }, ['summary-counts-within-codes']],
  [{ cpt_pre: '2', cpt_post: '4', cpt_added: '1', cpt_unassigned: '0' }, ['summary-counts-add-up']],
  [{ abstract_pre: '3', abstract_errors: '3' }, []],
  [{ abstract_pre: '3', abstract_errors: '4' }, ['summary-counts-within-codes']],
  [{ mcc_removed: '-1' }, ['summary-counts-not-negative']],
])('the contract names %j', async (columns, expected) => {
  expect(await checksBroken({ ...plain, ...columns })).toEqual(expected);
});
