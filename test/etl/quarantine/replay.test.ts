import { globSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import { backward, csv, encounters, visit, type Desk } from './desk.ts';

const order = 'discharge-not-before-admission';
const sexes = 'select encounter_id as id, sex, record from raw.encounter order by 1';

/** A mapping of the contract's columns as they are; `sexes` says what `sex` is read as. */
const mapping = (sexes: string): string => `id: visits
describes: Visits of a small clinic
reads: { columns: [encounter_id, patient_key, facility_id, patient_class, admit_ts, discharge_ts, discharge_year, age_years, sex] }
writes:
  encounter:
    rows: each
    columns:
      encounter_id: { from: encounter_id }
      patient_key: { from: patient_key }
      facility_id: { from: facility_id }
      patient_class: { from: patient_class }
      admit_ts: { from: admit_ts }
      discharge_ts: { from: discharge_ts }
      discharge_year: { from: discharge_year }
      age_years: { from: age_years }
      sex: { from: sex${sexes} }
`;

/** A desk whose one file has landed under a mapping that knows no `w`. */
const withMapping = async (
  ...rows: readonly string[]
): Promise<{ desk: Desk; first: BatchReport; mend: () => void }> => {
  const desk = encounters({ contract: null });
  const file = desk.write('visits.yaml', mapping(''));
  Object.assign(desk.source, { mapping: file });
  desk.write('extract/a.csv', csv(...rows));
  const first = await desk.runOne();
  return { desk, first, mend: () => desk.write('visits.yaml', mapping(', values: { w: female }, else: unknown')) };
};

const expectReconciled = ({ contracts }: BatchReport): void => {
  for (const { mapped, accepted, quarantined, duplicates, superseded, inserted, updated, unchanged } of contracts) {
    expect(mapped).toBe(accepted + quarantined + duplicates + superseded);
    expect(accepted).toBe(inserted + updated + unchanged);
  }
};

const gone = (desk: Desk): void => rmSync(join(desk.folder, 'extract/a.csv'));

test('where the file still lies there, a mended mapping lands it again', async () => {
  const { desk, first, mend } = await withMapping(visit('e1'), visit('e2', { sex: 'w' }));
  expect(first.contracts).toMatchObject([{ accepted: 1, quarantined: 1 }]);
  mend();
  const [report, ...more] = await desk.replay();
  expect(more).toEqual([]);
  expect(report).toMatchObject({ status: 'landed', contracts: [{ mapped: 2, accepted: 2 }] });
  expect(await desk.counted()).toEqual(['value:sex replayed 1']);
  expect(await desk.summary()).toMatchObject([{ source: 'north', contract: 'encounter', firstRun: runOf(desk, 0) }]);
});

/** Id of the nth run. */
const runOf = (desk: Desk, n: number): string => readdirSync(desk.folders.ledgerFolder).sort()[n]!;

test('where the file is gone, refused rows are judged again from the store, beside what had landed', async () => {
  const { desk, first, mend } = await withMapping(
    visit('e1'),
    visit('e2', { sex: 'w' }),
    'torn',
    visit('e4', { sex: 'w', ...backward }),
    visit('e5'),
  );
  expect(first.contracts).toMatchObject([{ mapped: 4, accepted: 2, quarantined: 2 }]);
  gone(desk);
  mend();
  const [report, ...more] = await desk.replay();
  expect(more).toEqual([]);
  expect(report).toMatchObject({
    status: 'landed',
    supersedes: [first.batch],
    rejected: 1,
    files: first.files,
    contracts: [{ mapped: 4, accepted: 3, quarantined: 1, inserted: 1, updated: 0, unchanged: 2 }],
    reasons: [
      { rule: order, count: 1, line: 5, file: 'extract/a.csv' },
      { rule: 'torn-row', count: 1, line: 4 },
    ],
  });
  expectReconciled(report!);
  expect(report?.message).toContain(
    'extract/a.csv is gone; 2 refused rows of it were replayed from quarantine: 1 landed, 1 were refused again. 1 more cannot',
  );
  expect(report?.checks.find(({ rule }) => rule === 'value:sex')).toMatchObject({ examined: 4, violated: 0 });
  expect(await desk.raw(sexes)).toEqual([
    { id: 'e1', sex: 'female', record: 1 },
    { id: 'e2', sex: 'female', record: 2 },
    { id: 'e5', sex: 'female', record: 5 },
  ]);
  expect(await desk.listed(['line', 'state', 'rule', 'first_run', 'last_run'])).toEqual([
    { line: 5, state: 'open', rule: [order], first_run: runOf(desk, 0), last_run: runOf(desk, 1) },
    { line: 4, state: 'open', rule: ['torn-row'], first_run: runOf(desk, 0), last_run: runOf(desk, 0) },
    { line: 3, state: 'replayed', rule: ['value:sex'], first_run: runOf(desk, 0), last_run: runOf(desk, 1) },
  ]);
  // Again, with nothing changed.
  expect((await desk.replay()).map(({ status }) => status)).toEqual(['unchanged']);
  expect(await desk.raw(sexes)).toHaveLength(3);
  // And nothing is left of the temporary file or of the store before.
  expect(globSync('tmp/replay-*', { cwd: desk.folders.dataFolder })).toEqual([]);
  expect(globSync('quarantine/*.parquet', { cwd: desk.folders.dataFolder })).toEqual([
    `quarantine/${report?.batch}.parquet`,
  ]);
});

test('a decision about rows of a file that is gone lands them, and reopening takes them out again', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward), visit('e3', backward)));
  await desk.runOne();
  gone(desk);
  expect((await desk.replay()).map(({ status }) => status)).toEqual(['unchanged']);
  await desk.decide('accept', { file: 'a.csv', line: 3 });
  const [report] = await desk.replay();
  expect(report).toMatchObject({
    status: 'landed',
    contracts: [{ mapped: 3, accepted: 2, quarantined: 1 }],
    reasons: [{ rule: order, count: 2, overridden: 1 }],
  });
  expectReconciled(report!);
  expect(await desk.counted()).toEqual([`${order} open 1`, `${order} accepted 1`]);
  await desk.decide('reopen', { file: 'a.csv', line: 3 });
  const [back] = await desk.replay();
  expect(back).toMatchObject({ contracts: [{ mapped: 3, accepted: 1, quarantined: 2 }] });
  expectReconciled(back!);
  expect(await desk.raw('select encounter_id as id from raw.encounter')).toEqual([{ id: 'e1' }]);
  expect(await desk.counted()).toEqual([`${order} open 2`]);
});

test('only the rows chosen are judged again', async () => {
  const { desk, mend } = await withMapping(visit('e1', { sex: 'w' }), visit('e2', backward));
  gone(desk);
  mend();
  await desk.decide('accept', { rule: order });
  const [report] = await desk.replay({ rule: 'value:sex' });
  expect(report?.contracts).toMatchObject([{ accepted: 1, quarantined: 1 }]);
  expect(await desk.counted()).toEqual([`${order} open 1`, 'value:sex replayed 1']);
  expect((await desk.replay({ rule: order })).map(({ status }) => status)).toEqual(['landed']);
  expect(await desk.counted()).toEqual([`${order} accepted 1`, 'value:sex replayed 1']);
});

test('what had landed stays: a replayed row that says otherwise is refused, one that says the same is a duplicate', async () => {
  const { desk, mend } = await withMapping(
    visit('e1'),
    visit('e1', { sex: 'w', age: '51' }),
    visit('e2'),
    visit('e2', { sex: 'w' }),
  );
  gone(desk);
  mend();
  const [report] = await desk.replay();
  expect(report).toMatchObject({
    contracts: [{ mapped: 4, accepted: 2, quarantined: 1, duplicates: 1 }],
    reasons: [{ rule: 'unique-key', count: 1, line: 3 }],
  });
  expectReconciled(report!);
  expect(await desk.raw('select encounter_id as id, age_years as age from raw.encounter order by 1')).toEqual([
    { id: 'e1', age: 50 },
    { id: 'e2', age: 50 },
  ]);
});

test('when the file comes back it is landed whole, whatever was replayed', async () => {
  const { desk, mend } = await withMapping(visit('e1', { sex: 'male' }), visit('e2', { sex: 'w' }));
  const text = readFileSync(join(desk.folder, 'extract/a.csv'), 'utf8');
  gone(desk);
  mend();
  await desk.replay();
  expect(await desk.raw('select encounter_id as id, sex from raw.encounter order by 1')).toEqual([
    { id: 'e1', sex: 'male' },
    { id: 'e2', sex: 'female' },
  ]);
  desk.write('extract/a.csv', text);
  expect(await desk.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 2 }] });
  expect(await desk.raw('select sex, count(*)::int as rows from raw.encounter group by 1 order by 1')).toEqual([
    { sex: 'female', rows: 1 },
    { sex: 'unknown', rows: 1 },
  ]);
  expect(await desk.counted()).toEqual(['value:sex replayed 1']);
});

test('a record of several rows gives only those that had been refused', async () => {
  const desk = encounters({ contract: null });
  const wide = (stages: string): string => `id: wide
describes: Codes beside one another
reads: { columns: [encounter_id, dx1, dx2, dx3, status] }
writes:
  encounter_code:
    rows: unpivot
    columns:
      encounter_id: { from: encounter_id }
      code_set: { constant: ICD10CM }
      stage: { from: status${stages} }
    families:
      - { seq: { number: true }, code: { from: "dx{1..3}" } }
`;
  Object.assign(desk.source, { mapping: desk.write('wide.yaml', wide('')) });
  desk.write('extract/a.csv', 'encounter_id,dx1,dx2,dx3,status\ne1,I10,110,E119,final\ne2,I10,,,Final\n');
  const first = await desk.runOne();
  expect(first.contracts).toMatchObject([{ mapped: 4, accepted: 2, quarantined: 2 }]);
  gone(desk);
  desk.write('wide.yaml', wide(', values: { Final: final, final: final }'));
  await desk.decide('accept', { rule: 'icd10cm-shape' });
  const [report] = await desk.replay();
  expect(report?.contracts).toMatchObject([{ mapped: 4, accepted: 4, quarantined: 0, inserted: 2, unchanged: 2 }]);
  expectReconciled(report!);
  expect(await desk.raw('select encounter_id as id, seq, code from raw.encounter_code order by 1, 2')).toEqual([
    { id: 'e1', seq: 1, code: 'I10' },
    { id: 'e1', seq: 2, code: '110' },
    { id: 'e1', seq: 3, code: 'E119' },
    { id: 'e2', seq: 1, code: 'I10' },
  ]);
});

test('values over several lines, CR LF and JSON are replayed as they were sent', async () => {
  const desk = encounters();
  desk.write(
    'extract/a.csv',
    csv(visit('e1', backward).replace('north', '"nor\nth"'), visit('e2')).replaceAll('\n', '\r\n'),
  );
  await desk.runOne();
  gone(desk);
  await desk.decide('accept', { rule: order });
  expect((await desk.replay())[0]).toMatchObject({ status: 'landed', contracts: [{ accepted: 2 }] });
  expect(await desk.raw('select length(facility_id)::int as length from raw.encounter order by 1')).toEqual([
    { length: 5 },
    { length: 5 + 2 },
  ]);

  const json = encounters({ format: 'ndjson' });
  const [names, ...rows] = csv(visit('e1'), visit('e2', backward))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  json.write(
    'extract/a.csv',
    rows.map((row) => JSON.stringify(Object.fromEntries(names!.map((name, i) => [name, row[i]])))).join('\n'),
  );
  await json.runOne();
  gone(json);
  await json.decide('accept', { rule: order });
  expect((await json.replay())[0]).toMatchObject({ status: 'landed', contracts: [{ accepted: 2 }] });
});

test('rows in which an identifier was found, and records cut short, need their file', async () => {
  const desk = encounters();
  const long = visit('e3', { ...backward, sex: 'x'.repeat(70_000) });
  desk.write('extract/a.csv', csv(visit('kim@example.org', backward), visit('e2'), long));
  await desk.runOne();
  gone(desk);
  await desk.decide('accept', { rule: order });
  const [report] = await desk.replay();
  expect(report).toMatchObject({ status: 'refused', batch: '' });
  expect(report?.message).toContain('extract/a.csv is gone, and 2 refused rows of it cannot be replayed without it');
  expect(await desk.raw('select encounter_id as id from raw.encounter')).toEqual([{ id: 'e2' }]);
  expect((await readLandedState(desk.folders.ledgerFolder)).batches).toHaveLength(1);
});

test('a held batch whose file is gone has nothing to be replayed beside', async () => {
  const desk = encounters({ hold: { rows: 0 } });
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward)));
  await desk.runOne();
  gone(desk);
  await desk.decide('accept', { rule: order });
  expect((await desk.replay()).map(({ status, message }) => [status, message])).toEqual([
    ['refused', expect.stringContaining('extract/a.csv is held and its file is gone') as string],
  ]);
});

test('no value of any row stands in ledger, decisions, messages or names', async () => {
  const { desk, mend } = await withMapping(visit('secret1', { sex: 'w' }), visit('secret2', { sex: 'w', ...backward }));
  gone(desk);
  mend();
  await desk.decide('discard', { file: 'a.csv', line: 3 });
  await desk.replay();
  const names = globSync('**', { cwd: desk.folders.dataFolder }).join();
  const decisions = readFileSync(join(desk.folders.dataFolder, 'quarantine/decision.ndjson'), 'utf8');
  expect(`${desk.ledgerText()} ${names} ${decisions}`).not.toContain('secret');
  expect(await desk.counted()).toEqual([`${order} discarded 1`, 'value:sex replayed 1']);
});
