import { expect, test } from 'vitest';
import { asking } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

/** A made-up list of two versions. */
const mce_code = `
  version | valid_from | valid_to   | edit | code_kind | code    | rule                   | age_from | age_to
  --------+------------+------------+------+-----------+---------+------------------------+----------+-------
  41.1    | 2024-04-01 | 2024-10-01 | 4    | dx        | A33     | newborn                | 0        | 0
  41.1    | 2024-04-01 | 2024-10-01 | 4    | dx        | L210    | pediatric              | 0        | 17
  41.1    | 2024-04-01 | 2024-10-01 | 4    | dx        | O80     | maternity              | 9        | 64
  41.1    | 2024-04-01 | 2024-10-01 | 4    | dx        | N400    | adult                  | 15       | 124
  41.1    | 2024-04-01 | 2024-10-01 | 5    | dx        | N400    | male                   |          |
  41.1    | 2024-04-01 | 2024-10-01 | 6    | dx        | F0280   | manifestation          |          |
  41.1    | 2024-04-01 | 2024-10-01 | 11   | px        | 0016070 | noncovered_over_60     |          |
  41.1    | 2024-04-01 | 2024-10-01 | 19   | px        | 5A1955Z | inconsistent_with_stay |          |
  42      | 2024-10-01 | 2025-10-01 | 5    | dx        | N400    | male                   |          |
  42      | 2024-10-01 | 2025-10-01 | 20   | dx        | S72009A | unspecified            |          |
`;

/** Made-up code tables that begin on 1 December 2024, so that edit 1 is put to no record before. */
const icd10cm_code =
  'code | valid_from | valid_to | is_billable\n A000 | 2024-12-01 | | true\n A00 | 2024-12-01 | | false';

/** A patient and the codes in order; what is not said is a woman of 40, home after nine days, in June 2024. */
interface Case {
  readonly codes: string;
  readonly age?: number | '';
  readonly sex?: string;
  readonly status?: string;
  readonly discharged?: string;
  /** Edits put to the record; `!` marks those it hits. */
  readonly edits: string;
}

const june = '2 3 4 5 6 11 14 15 16 19';
const hit = (edit: number): string => june.replace(new RegExp(`\\b${edit}\\b`), `${edit}!`);

const cases: readonly Case[] = [
  // Age conflict: newborn 0, pediatric 0–17, maternity 9–64, adult from 15.
  { codes: 'A33', age: 0, edits: june },
  { codes: 'A33', age: 1, edits: hit(4) },
  { codes: 'L21.0', age: 17, edits: june },
  { codes: 'L21.0', age: 18, edits: hit(4) },
  { codes: 'O80', age: 8, edits: hit(4) },
  { codes: 'O80', age: 9, edits: june },
  { codes: 'O80', age: 64, edits: june },
  { codes: 'O80', age: 65, edits: hit(4) },
  { codes: 'N40.0', sex: 'male', age: 14, edits: hit(4) },
  { codes: 'N40.0', sex: 'male', age: 15, edits: june },
  { codes: 'N40.0', sex: 'male', age: 90, edits: june },
  // Lists are put to records of their version; sex conflict ends on 1 October 2024.
  { codes: 'N40.0', discharged: '2024-09-30 12:00', edits: hit(5) },
  { codes: 'N40.0', discharged: '2024-10-01 12:00', edits: '2 3 14 15 16 20' },
  { codes: 'N40.0', discharged: '2024-03-31 12:00', edits: '2 3 14 15 16' },
  { codes: 'S72.009A', discharged: '2024-11-30 12:00', edits: '2 3 14 15 16 20!' },
  // External cause first; a duplicate of the principal; a manifestation first, and second.
  { codes: 'V01.0', edits: hit(2) },
  { codes: 'A00.0 V01.0', edits: june },
  { codes: 'A00.0 B00.0 A00.0', edits: hit(3) },
  { codes: 'A00.0 B00.0 B00.0', edits: june },
  { codes: 'F02.80', edits: hit(6) },
  { codes: 'A00.0 F02.80', edits: june },
  // Over 60; under 96 hours.
  { codes: 'A00.0 0016070', age: 60, edits: june },
  { codes: 'A00.0 0016070', age: 61, edits: hit(11) },
  { codes: 'A00.0 5A1955Z', discharged: '2024-06-05 11:59', edits: hit(19) },
  { codes: 'A00.0 5A1955Z', discharged: '2024-06-05 12:00', edits: june },
  // Age, sex, discharge status: invalid, or not known and so not looked at.
  { codes: 'A00.0', age: 124, edits: june },
  { codes: 'A00.0', age: 125, edits: hit(14) },
  { codes: 'A00.0', sex: 'unknown', edits: hit(15) },
  { codes: 'A00.0', status: '95', edits: june },
  { codes: 'A00.0', status: '99', edits: hit(16) },
  { codes: 'A00.0', age: '', sex: '', status: '', edits: '2 3 6 11 19' },
  // Invalid and header codes, once the tables speak of the day.
  { codes: 'B00.0', discharged: '2024-11-30 12:00', edits: '2 3 14 15 16 20' },
  { codes: 'A00.0', discharged: '2024-12-01 12:00', edits: '1 2 3 14 15 16 20' },
  { codes: 'B00.0', discharged: '2024-12-01 12:00', edits: '1! 2 3 14 15 16 20' },
  { codes: 'A00.0 A00', discharged: '2024-12-01 12:00', edits: '1! 2 3 14 15 16 20' },
];

const encounter = [
  'encounter_id | patient_key | patient_class | age_years | sex | discharge_disposition | admit_ts | discharge_ts',
  ...cases.map(({ age = 40, sex = 'female', status = '01', discharged = '2024-06-10 12:00' }, i) => {
    const admitted = discharged.startsWith('2024-06') ? '2024-06-01 12:00' : `${discharged.slice(0, 8)}01 00:00`;
    return `${i} | p | inpatient | ${age} | ${sex} | ${status} | ${admitted} | ${discharged}`;
  }),
  'visit | p | ed | 40 | unknown | 99 | 2024-06-10 12:00 | 2024-06-10 13:00',
].join('\n');

const encounter_code = [
  'encounter_id | stage | code_set | seq | code',
  ...cases.flatMap(({ codes }, i) => {
    const count = { ICD10CM: 0, ICD10PCS: 0 };
    return codes.split(' ').map((code) => {
      const set = /^\d/.test(code) ? 'ICD10PCS' : 'ICD10CM';
      return `${i} | final | ${set} | ${++count[set]} | ${code}`;
    });
  }),
  'visit | final | ICD10CM | 1 | V01.0',
].join('\n');

test('each edit by its own rule, on both sides of its limits', async () => {
  const warehouse = await buildInMemory({ raw: { mce_code, icd10cm_code, encounter, encounter_code } });
  const found = await rows(
    warehouse.connection,
    `select encounter_id as id, edit, mce_hit.edit is not null as hit
     from core.mce_examined left join core.mce_hit using (encounter_id, edit) order by edit`,
  );
  const editsOf = (id: number): string =>
    found
      .filter((row) => row.id === String(id))
      .map((row) => `${String(row.edit)}${row.hit === true ? '!' : ''}`)
      .join(' ');
  expect(cases.map((each, i) => ({ ...each, edits: editsOf(i) }))).toEqual(cases);

  const { by, values } = await asking(warehouse);
  const hits = (edit: string): number => cases.filter(({ edits }) => edits.split(' ').includes(`${edit}!`)).length;
  const examined = (edit: string): number =>
    cases.filter(({ edits }) => edits.replaceAll('!', '').split(' ').includes(edit)).length;
  const edits = ['1', '2', '3', '4', '5', '6', '11', '14', '15', '16', '19', '20'];
  expect(await by('mce_edit_records', 'mce_edit')).toEqual(Object.fromEntries(edits.map((edit) => [edit, hits(edit)])));
  expect(await by('mce_edit_hit_rate', 'mce_edit')).toEqual(
    Object.fromEntries(edits.map((edit) => [edit, hits(edit) / examined(edit)])),
  );
  expect(await values('mce_records_with_edit', 'unspecified_code_edit')).toEqual({
    mce_records_with_edit: cases.filter((each) => each.edits.includes('!')).length / cases.length,
    unspecified_code_edit: hits('20') / examined('20'),
  });
  await warehouse.close();
});
