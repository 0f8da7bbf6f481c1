import { expect, test } from 'vitest';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { columnProblems } from '../../../etl/mapping/project.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { contracts, emptyDatabase, mapped, mappingOf, tryMapping } from './try-mapping.ts';

const encounters = (columns: string): string => `
id: mine
describes: A drawn extract
reads: { columns: [acct, cls, born, left, unit] }
writes:
  encounter:
    rows: each
    columns:
      encounter_id: { from: acct }
${columns}`;

test('columns are renamed, constants are the same on every row, empty is null', async () => {
  const rows = await tryMapping(
    encounters('      sex: { from: cls }\n      patient_class: { constant: inpatient }'),
    'encounter',
    `
    acct | cls  | born | left | unit
    -----+------+------+------+-----
    007  | male |      |      |
    8    | ""   |      |      |
    `,
  );
  expect(rows).toEqual([
    { encounter_id: '007', sex: 'male', patient_class: 'inpatient', _record: 1 },
    { encounter_id: '8', patient_class: 'inpatient', _record: 2 },
  ]);
});

const classes = `
    acct | cls | born | left | unit
    -----+-----+------+------+-----
    1    | I   |      |      |
    2    | 01  |      |      |
    3    | ?   |      |      |
    4    | X   |      |      |
    5    |     |      |      |
    `;

test('a value outside the map stays as it is, for the gate to find', async () => {
  const rows = await tryMapping(
    encounters('      patient_class: { from: cls, values: { I: inpatient, 01: ed, X: null } }'),
    'encounter',
    classes,
  );
  expect(rows.map((row) => row.patient_class)).toEqual(['inpatient', 'ed', '?', undefined, undefined]);
});

test('else is for values outside the map, not for what is not known', async () => {
  const rows = await tryMapping(
    encounters('      patient_class: { from: cls, values: { I: inpatient }, else: outpatient }'),
    'encounter',
    classes,
  );
  expect(rows.map((row) => row.patient_class)).toEqual([
    'inpatient',
    'outpatient',
    'outpatient',
    'outpatient',
    undefined,
  ]);
});

test('sentinels become null: those named, and open ends of dates without a word', async () => {
  const rows = await tryMapping(
    encounters("      discharge_ts: { from: left }\n      race: { from: cls, null_if: ['?', open_end] }"),
    'encounter',
    `
    acct | cls                 | born | left                | unit
    -----+---------------------+------+---------------------+-----
    1    | ?                   |      | 2100-12-31          |
    2    | 9999-12-31          |      | 9999-12-31 23:59:59 |
    3    | 2100-12-31T00:00:00 |      | 2025-01-01 10:00    |
    4    | a                   |      | 2100-12-30          |
    `,
  );
  expect(rows.map((row) => [row.discharge_ts, row.race])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ['2025-01-01 10:00', undefined],
    ['2100-12-30', 'a'],
  ]);
});

test('of several rules the first that gives a value counts', async () => {
  const rows = await tryMapping(
    encounters(`      age_years:
        - { from: born, when: { unit: [years] }, at_most: 90 }
        - { constant: 0, when: { unit: [days, months] } }`),
    'encounter',
    `
    acct | cls | born | left | unit
    -----+-----+------+------+------
    1    |     | 89   |      | years
    2    |     | 90   |      | years
    3    |     | 91   |      | years
    4    |     | 11   |      | months
    5    |     | 28   |      | days
    6    |     | 3    |      | weeks
    7    |     | 3    |      |
    8    |     | x    |      | years
    `,
  );
  expect(rows.map((row) => row.age_years)).toEqual(['89', '90', '90', '0', '0', undefined, undefined, 'x']);
});

test('only and except choose source rows, also where the column is empty', async () => {
  const choose = (condition: string): Promise<readonly unknown[]> =>
    tryMapping(encounters('').replace('rows: each', `rows: each\n    ${condition}`), 'encounter', classes).then(
      (rows) => rows.map((row) => row.encounter_id),
    );
  expect(await choose("only: { cls: [I, '?'] }")).toEqual(['1', '3']);
  expect(await choose("except: { cls: [I, '?'] }")).toEqual(['2', '4', '5']);
});

const written = (columns: string, more = ''): string => `
id: mine
describes: A drawn extract
reads: { columns: [acct, born, at, left] }
${more}
writes:
  encounter:
    rows: each
    columns:
      encounter_id: { from: acct }
${columns}`;

const ages = async (source: string, more = ''): Promise<readonly unknown[]> => {
  const rows = await tryMapping(written('      age_years: { age: { from: born, at: at } }', more), 'encounter', source);
  return rows.map((row) => row.age_years);
};

test('age is in whole years on the day, 90 from 90 on; before the birth it is -1, for the gate', async () => {
  const source = `
    acct | born       | at                        | left
    -----+------------+---------------------------+-----
    a    | 1950-06-15 | 2020-06-14                |
    b    | 1950-06-15 | 2020-06-15T00:00:00       |
    c    | 2000-02-29 | 2021-02-28                |
    d    | 2000-02-29 | 2021-03-01                |
    e    | 1930-01-02 | 2020-01-01                |
    f    | 1930-01-02 | 2020-01-02                |
    g    | 1900-01-01 | 2020-01-01                |
    h    | 2020-05-05 | 2020-05-05T10:00:00-04:00 |
    i    | 2020-05-06 | 2020-05-05                |
    j    | 1950       | 2020-01-01                |
    k    | 1950-06    | 2020-05-31                |
    l    | 1950-06    | 2020-06-01                |
    m    | unknown    | 2020-06-01                |
    n    |            | 2020-06-01                |
    o    | 1950-06-15 |                           |
    `;
  // February 29 has its birthday on the last day of February in other years.
  expect(await ages(source)).toEqual([
    '69',
    '70',
    '21',
    '21',
    '89',
    '90',
    '90',
    '0',
    '-1',
    '70',
    '69',
    '70',
    undefined,
    undefined,
    undefined,
  ]);
});

test("dates in the source's own ways become ISO's, sentinels among them; any other text stays for the gate", async () => {
  const more = "dates: ['%d-%b-%Y', '%d-%b-%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p', '%Y%m%d']";
  const source = `
    acct | born        | at                   | left
    -----+-------------+----------------------+---------------------
    1    | 15-JUN-1950 | 14-Jun-2020 23:59:59 | 31-DEC-2100 00:00:00
    2    | 19500615    | 6/15/2020 1:05:00 PM | 6/15/2020 1:05:00 PM
    3    | 1950-06-15  | 20200615             | 2020-06-15 08:00
    4    |             | 20200615             | 20201345
    `;
  expect(await ages(source, more)).toEqual(['69', '70', '70', undefined]);
  const rows = await tryMapping(
    written('      admit_ts: { from: at }\n      discharge_ts: { from: left }\n      race: { from: at }', more),
    'encounter',
    source,
  );
  expect(rows.map(({ admit_ts: at, discharge_ts: left, race }) => [at, left, race])).toEqual([
    ['2020-06-14 23:59:59', undefined, '14-Jun-2020 23:59:59'],
    ['2020-06-15 13:05:00', '2020-06-15 13:05:00', '6/15/2020 1:05:00 PM'],
    ['2020-06-15', '2020-06-15 08:00', '20200615'],
    ['2020-06-15', '20201345', '20200615'],
  ]);
});

test('a place counts the rows taken that belong together; numbers by size, the same again the same', async () => {
  const yaml = `
id: mine
describes: A drawn extract
reads: { columns: [enc, code, sys] }
writes:
  encounter_code:
    rows: each
    only: { sys: [ICD10] }
    columns:
      encounter_id: { from: enc }
      code: { from: code }
      seq: { place: { in: [enc], order: [code], first: 2 } }
`;
  const rows = await tryMapping(
    yaml,
    'encounter_code',
    `
    enc | code | sys
    ----+------+------
    a   | 10   | ICD10
    a   | 9    | ICD10
    a   | 8    | SNOMED
    a   | 10   | ICD10
    a   | X    | ICD10
    b   | 7    | ICD10
    `,
  );
  expect(rows.map((row) => [row.encounter_id, row.code, row.seq])).toEqual([
    ['a', '9', '2'],
    ['a', '10', '3'],
    ['a', '10', '3'],
    ['a', 'X', '4'],
    ['b', '7', '2'],
  ]);
  expect(mappingOf(yaml).spansFiles).toBe(true);
  expect(mappingOf(wide).spansFiles).toBe(false);
});

const wide = `
id: mine
describes: Codes side by side
reads: { columns: [acct, 'dx{1..3}', 'poa{1..3}', adm], optional: ['poa{1..3}'] }
writes:
  encounter_code:
    rows: unpivot
    columns:
      encounter_id: { from: acct }
      stage: { constant: final }
    families:
      - { code: { from: 'dx{1..3}' }, poa: { from: 'poa{1..3}' }, seq: { number: true }, code_set: { constant: ICD10CM } }
      - { code: { from: adm, trim: '-' }, seq: { constant: 1 }, code_set: { constant: ADMIT_DX } }
`;

test('wide codes become rows, numbered as their columns; empty ones make none', async () => {
  const rows = await tryMapping(
    wide,
    'encounter_code',
    `
    acct | dx1 | dx2 | dx3 | poa1 | poa2 | poa3 | adm
    -----+-----+-----+-----+------+------+------+-----
    1    | I10 |     | E11 | Y    | N    |      | 496-
    2    |     |     |     |      |      |      |
    `,
  );
  const always = { encounter_id: '1', stage: 'final', _record: 1 };
  expect(rows).toEqual([
    { ...always, code_set: 'ADMIT_DX', seq: '1', code: '496' },
    { ...always, code_set: 'ICD10CM', seq: '1', code: 'I10', poa: 'Y' },
    { ...always, code_set: 'ICD10CM', seq: '3', code: 'E11' },
  ]);
});

test('what a family leaves unsaid comes from the columns of all rows; without any family column there is no row', async () => {
  const yaml = wide.replace("{ from: adm, trim: '-' }", '{ from: adm }, stage: { constant: working }');
  const rows = await tryMapping(yaml, 'encounter_code', 'acct | dx1 | dx2 | dx3 | adm\n1 | I10 | | | I11');
  expect(rows.map((row) => [row.code, row.stage])).toEqual([
    ['I11', 'working'],
    ['I10', 'final'],
  ]);
  expect(await tryMapping(wide, 'encounter_code', 'acct\n1')).toEqual([]);
});

test('a file may lack optional columns and no others', async () => {
  const mapping = mappingOf(wide);
  expect(columnProblems(mapping, ['acct', 'dx1', 'dx2', 'dx3', 'adm'])).toEqual({ undeclared: [], missing: [] });
  expect(columnProblems(mapping, ['acct', 'dx1', 'dx2', 'ssn', 'adm'])).toEqual({
    undeclared: ['ssn'],
    missing: ['dx3'],
  });
  const rows = await tryMapping(wide, 'encounter_code', 'acct | dx1 | dx2 | dx3 | adm\n1 | I10 | | | ');
  expect(rows).toEqual([{ encounter_id: '1', code_set: 'ICD10CM', seq: '1', code: 'I10', stage: 'final', _record: 1 }]);
});

const log = `
id: mine
describes: An event log
reads: { columns: [case, no, what, at, unit, who] }
cases: { by: case, order: no, event: what, time: at }
writes:
  encounter:
    rows: case
    columns:
      encounter_id: { from: case }
      service_line: { from: unit, carry: true }
      department_id: { from: unit }
      observed_until_ts: { from: at }
  coding_event:
    rows: event
    only: { what: [ready, coded] }
    columns:
      encounter_id: { from: case }
      event: { from: what, values: { ready: coding_ready, coded: final_coded } }
      event_no: { from: no }
      coder_id: { from: who, carry: true, null_if: ['-'] }
  billing:
    rows: case
    only: { what: [billed] }
    columns:
      encounter_id: { from: case }
      first_billed_ts: { from: at, at: { first: billed } }
      final_billed_ts: { from: at, at: { last: billed } }
`;
const header = 'case | no | what | at | unit | who';
const events = [
  'a | 2  | ready  | 2025-01-02 |    | ann',
  'a | 9  | coded  | 2025-01-01 |    | -  ',
  'a | 10 | billed | 2025-01-10 |    |    ',
  'a | 1  | new    | 2025-01-05 | u1 |    ',
  'a | 12 | billed | 2025-01-12 | u2 |    ',
  'a | 13 | closed | 2025-01-13 |    |    ',
  'b | 1  | new    | 2025-02-01 |    |    ',
];

test.each([
  ['as they happened', events],
  ['backwards', events.toReversed()],
  ['shuffled', [3, 0, 6, 5, 1, 4, 2].map((i) => events[i])],
])('a case is read in the order of its events, with the file %s', async (_how, lines) => {
  const source = [header, ...lines].join('\n');
  const without = (rows: readonly object[]): readonly object[] => rows.map((row) => ({ ...row, _record: undefined }));
  expect(without(await tryMapping(log, 'encounter', source))).toEqual([
    { encounter_id: 'a', service_line: 'u2', observed_until_ts: '2025-01-13' },
    { encounter_id: 'b', observed_until_ts: '2025-02-01' },
  ]);
  expect(without(await tryMapping(log, 'coding_event', source))).toEqual(
    [
      { encounter_id: 'a', event: 'coding_ready', event_no: '2', coder_id: 'ann' },
      { encounter_id: 'a', event: 'final_coded', event_no: '9', coder_id: 'ann' },
    ].toSorted((x, y) => x.event.localeCompare(y.event)),
  );
  expect(without(await tryMapping(log, 'billing', source))).toEqual([
    { encounter_id: 'a', first_billed_ts: '2025-01-10', final_billed_ts: '2025-01-12' },
  ]);
});

test('canonical passes on what is there by name, in any order, and leaves the rest null', async () => {
  const canonical = readMapping('canonical', contracts, 'billing_hold');
  const connection = await emptyDatabase();
  await connection.run(`create table source as select '2100-12-31' as end_ts, 'e1' as encounter_id, 1 as _record`);
  const [row] = await readRows(connection, await mapped(connection, canonical, 'billing_hold', 'source'));
  const columns = contracts.get('billing_hold')?.columns.map(({ name }) => [name, null]) ?? [];
  expect(row).toEqual({ ...Object.fromEntries(columns), encounter_id: 'e1', _record: 1 });
  expect(columnProblems(canonical, ['encounter_id', 'mrn']).undeclared).toEqual(['mrn']);
  expect(columnProblems(canonical, []).missing).toContain('encounter_id');
});

test('quotes in names and values stay text', async () => {
  const rows = await tryMapping(
    `
id: mine
describes: Odd names
reads: { columns: ['a"b', "it's"] }
writes:
  encounter:
    rows: each
    columns:
      encounter_id: { from: 'a"b' }
      race: { from: "it's", values: { "o'x": "o''y" } }
`,
    'encounter',
    `a"b | it's\n1 | o'x`,
  );
  expect(rows).toEqual([{ encounter_id: '1', race: "o''y", _record: 1 }]);
});
