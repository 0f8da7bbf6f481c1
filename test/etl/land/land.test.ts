import { globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openBuilder } from '../../../warehouse/open.ts';
import { Landing, contracts } from '../../support/landing.ts';
import { sharedData } from '../../support/shared-data.ts';

const charges = (...rows: readonly string[]): string =>
  `charge_event_id,encounter_id,posted_ts,amount_cents\n${rows.join('\n')}\n`;
const charge = (id: string, cents: number, day = '2026-01-05'): string => `${id},e1,${day},${cents}`;
const amounts = 'select charge_event_id as id, amount_cents as cents from raw.charge_event order by 1, 2';

const landing = () => new Landing({ format: 'csv', contract: 'charge_event' });

test('good rows land typed, with where they came from', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100), 'c2,e2,2026-02-01T10:30,-5'));
  const report = await north.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    message: 'extract/a.csv: charge_event 2 of 2 rows accepted (100.0 %).',
    files: [{ name: 'extract/a.csv', lines: 3, records: 2, longest: 1, manifestRows: null }],
    rejected: 0,
    contracts: [
      {
        contract: 'charge_event',
        mapped: 2,
        accepted: 2,
        inserted: 2,
        acceptedShare: 1,
        months: ['2026-01-01', '2026-02-01'],
      },
    ],
    asOf: '2026-02-01 10:30:00',
    isInstant: false,
  });
  expect(await north.raw('from raw.charge_event')).toEqual([
    {
      charge_event_id: 'c1',
      encounter_id: 'e1',
      posted_ts: '2026-01-05 00:00:00',
      amount_cents: 100,
      source_id: 'north',
      batch_id: report.batch,
      record: 1,
    },
    {
      charge_event_id: 'c2',
      encounter_id: 'e2',
      posted_ts: '2026-02-01 10:30:00',
      amount_cents: -5,
      source_id: 'north',
      batch_id: report.batch,
      record: 2,
    },
  ]);
  const check = report.checks.find(({ rule }) => rule === 'required:posted_ts');
  expect(check).toMatchObject({ contract: 'charge_event', examined: 2, violated: 0, kahn: 'completeness' });
});

test('a file without lines is told with the records it was read with when it comes again', async () => {
  const north = new Landing({ format: 'parquet', contract: 'charge_event' }, 'extract/*.parquet');
  north.write('extract/.keep', '');
  const { connection, close } = await openBuilder(null, {});
  const rows =
    "select 'c' || i as charge_event_id, 'e' as encounter_id, '2026-01-05' as posted_ts, '5' as amount_cents";
  await connection.run(`copy (${rows} from range(3) t (i)) to '${join(north.folder, 'extract/a.parquet')}'`);
  await close();
  expect((await north.runOne()).files).toMatchObject([{ records: 3 }]);
  expect(await north.runOne()).toMatchObject({ status: 'unchanged', files: [{ records: 3 }] });
});

test('the same batch again is a recorded no-op', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100)));
  const first = await north.runOne();
  const again = await north.runOne();
  expect(again).toMatchObject({ status: 'unchanged', batch: first.batch, contracts: [] });
  expect(again.files).toEqual(first.files);
  expect(north.ledgerText().match(/"status":"unchanged"/g)).toHaveLength(1);
  expect(await north.raw(amounts)).toEqual([{ id: 'c1', cents: 100 }]);
});

test('new content under the same path takes the place of the old, whose file is kept', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100), charge('c2', 200), charge('c3', 300)));
  const first = await north.runOne();
  north.write('extract/a.csv', charges(charge('c1', 100), charge('c2', 250), charge('c4', 400)));
  expect(await north.runOne()).toMatchObject({
    supersedes: [first.batch],
    contracts: [{ accepted: 3, inserted: 1, updated: 1, unchanged: 1, overlaps: [] }],
  });
  expect(await north.raw(amounts)).toEqual([
    { id: 'c1', cents: 100 },
    { id: 'c2', cents: 250 },
    { id: 'c4', cents: 400 },
  ]);
  expect(globSync('raw/charge_event/*.parquet', { cwd: north.workspace.dataFolder })).toHaveLength(2);
});

test('a held new version leaves the old rows alone', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100)));
  await north.runOne();
  north.write('extract/a.csv', charges('"c1,e1'));
  expect((await north.runOne()).status).toBe('held');
  expect(await north.raw(amounts)).toEqual([{ id: 'c1', cents: 100 }]);
});

test('of several files with the same key the last in path order has the row, whenever it arrived', async () => {
  const north = landing();
  north.write('extract/day-10.csv', charges(charge('c1', 10), charge('c3', 10)));
  await north.run();
  north.write('extract/day-9.csv', charges(charge('c1', 9), charge('c2', 9)));
  const [late] = (await north.run()).filter(({ status }) => status === 'landed');
  expect(late?.contracts[0]).toMatchObject({
    ...{ mapped: 2, accepted: 1, superseded: 1, inserted: 1, updated: 0 },
    overlaps: [expect.any(String)],
  });
  expect(late?.message).toContain('1 superseded by later deliveries that came before');
  expect(await north.raw(amounts)).toEqual([
    { id: 'c1', cents: 10 },
    { id: 'c2', cents: 9 },
    { id: 'c3', cents: 10 },
  ]);
  north.write('extract/day-10.csv', charges(charge('c4', 10)));
  await north.run();
  expect(await north.raw(amounts)).toEqual([
    { id: 'c1', cents: 9 },
    { id: 'c2', cents: 9 },
    { id: 'c4', cents: 10 },
  ]);
});

test('a file that is gone keeps its rows; one with the header alone in its place takes them out', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100)));
  const b = north.write('extract/b.csv', charges(charge('c2', 200)));
  await north.run();
  rmSync(b);
  expect((await north.run()).map(({ status }) => status)).toEqual(['unchanged']);
  expect(await north.raw(amounts)).toEqual([
    { id: 'c1', cents: 100 },
    { id: 'c2', cents: 200 },
  ]);
  north.write('extract/b.csv', charges());
  await north.run();
  expect(await north.raw(amounts)).toEqual([{ id: 'c1', cents: 100 }]);
});

test('a file moved to another path keeps its rows when another one arrives at the old path', async () => {
  const north = landing();
  const file = north.write('extract/new.csv', charges(charge('c1', 100)));
  await north.run();
  renameSync(file, join(north.folder, 'extract/archived.csv'));
  expect((await north.runOne()).status).toBe('unchanged');
  north.write('extract/new.csv', charges(charge('c2', 200)));
  await north.run();
  expect(await north.raw(amounts)).toHaveLength(2);
});

test('rows whose Parquet was deleted land again', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 100)));
  await north.run();
  rmSync(join(north.workspace.dataFolder, 'raw'), { recursive: true });
  expect((await north.runOne()).status).toBe('landed');
  expect(await north.raw(amounts)).toHaveLength(1);
});

test.each(['csv', 'csv.gz', 'ndjson', 'ndjson.gz', 'parquet'])('the same rows land from %s', async (ending) => {
  const format = ending.startsWith('csv') ? 'csv' : ending === 'parquet' ? 'parquet' : 'ndjson';
  const north = new Landing({ format, contract: 'charge_event' });
  const file = north.write(`extract/a.${ending}`, '');
  const text = charges(charge('c1', 100), 'c2,e2,2026-02-01 10:30:00,-5', 'NA,,2026-02-01 10:30:00,7');
  if (ending === 'csv') north.write(`extract/a.${ending}`, text);
  if (ending === 'csv.gz') north.write(`extract/a.${ending}`, gzipSync(text));
  if (format !== 'csv') {
    const typed = `select 'c' || i as charge_event_id, 'e' || i as encounter_id, ts::timestamp as posted_ts, cents as amount_cents
      from (values (1, '2026-01-05', 100), (2, '2026-02-01 10:30:00', -5)) t(i, ts, cents)
      union all select 'NA', '', timestamp '2026-02-01 10:30:00', 7`;
    const builder = await openBuilder(null);
    await builder.connection.run(
      `copy (${typed}) to '${file}' (format ${format === 'ndjson' ? 'json' : 'parquet'}${ending.endsWith('gz') ? ', compression gzip' : ''})`,
    );
    await builder.close();
  }
  const report = await north.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    files: [{ records: 3 }],
    contracts: [{ mapped: 3, accepted: 2, quarantined: 1 }],
  });
  expect(report.reasons).toMatchObject([{ rule: 'required:encounter_id', count: 1 }]);
  expect(
    await north.raw('select charge_event_id, encounter_id, posted_ts, amount_cents, record from raw.charge_event'),
  ).toEqual([
    { charge_event_id: 'c1', encounter_id: 'e1', posted_ts: '2026-01-05 00:00:00', amount_cents: 100, record: 1 },
    { charge_event_id: 'c2', encounter_id: 'e2', posted_ts: '2026-02-01 10:30:00', amount_cents: -5, record: 2 },
  ]);
});

test('a case spread over files lands as one batch, its records numbered in each file', async () => {
  const log = new Landing({ format: 'csv', mapping: 'log.yaml' });
  const mapping = log.write(
    'log.yaml',
    `id: log
describes: A log of postings
reads: { columns: [case_id, event, at, place, cents] }
cases: { by: case_id, order: place, event: event, time: at }
writes:
  charge_event:
    rows: event
    columns:
      charge_event_id: { from: place }
      encounter_id: { from: case_id }
      posted_ts: { from: at }
      amount_cents: { from: cents }
`,
  );
  const source = { ...log.source, mapping };
  const header = 'case_id,event,at,place,cents';
  log.write('extract/1.csv', [header, 'a,post,2026-01-01,1,1', 'torn', 'torn', 'a,post,2026-01-02,2,2', ''].join('\n'));
  log.write(
    'extract/2.csv',
    [header, 'torn', 'a,post,2026-01-03,3,3', 'b,post,2026-01-04,4,x', 'b,post,2026-01-04,5,5', ''].join('\n'),
  );
  const [report, ...more] = await log.run(source);
  expect(more).toEqual([]);
  expect(report).toMatchObject({
    status: 'landed',
    rejected: 3,
    contracts: [{ mapped: 5, accepted: 4, quarantined: 1 }],
  });
  expect(await log.raw('select charge_event_id as id, record from raw.charge_event order by 1')).toEqual([
    { id: '1', record: 1 },
    { id: '2', record: 4 },
    { id: '3', record: 2 },
    { id: '5', record: 4 },
  ]);
  expect(await log.quarantine('file_name, line, rule')).toEqual([
    { file_name: 'extract/1.csv', line: 3, rule: ['torn-row'] },
    { file_name: 'extract/1.csv', line: 4, rule: ['torn-row'] },
    { file_name: 'extract/2.csv', line: 2, rule: ['torn-row'] },
    { file_name: 'extract/2.csv', line: 4, rule: ['type:amount_cents'] },
  ]);
  log.write('extract/3.csv', [header, 'b,post,2026-01-05,6,6', ''].join('\n'));
  const [wider] = await log.run(source);
  expect(wider).toMatchObject({ supersedes: [report?.batch], contracts: [{ accepted: 5, inserted: 1, unchanged: 4 }] });
  expect(await log.raw('select count(*) as rows from raw.charge_event')).toEqual([{ rows: 5 }]);
});

test('bad rows of a file read in parallel are found again where they are, behind a long list of values', async () => {
  const north = new Landing({ format: 'csv', contract: 'billing' });
  const rows = 400_000;
  const bill = (no: number, status: string): string => `encounter-${no},1,${no}.25,2026-01-05 10:00:00,${status}`;
  const lines = Array.from({ length: rows }, (_, i) => bill(i + 1, 'zero_balance'));
  lines.push(bill(rows + 1, 'lost'), bill(rows + 2, 'billed'), bill(rows + 3, 'gone'));
  const text = `encounter_id,bill_no,gross_charges,final_billed_ts,bill_status\n${lines.join('\n')}\n`;
  // Beyond what one thread of DuckDB reads by itself.
  expect(text.length).toBeGreaterThan(16_000_000);
  north.write('extract/a.csv', text);
  expect(await north.runOne()).toMatchObject({
    reasons: [{ rule: 'value:bill_status', count: 2, line: 1 + rows + 1 }],
    contracts: [{ mapped: rows + 3, accepted: rows + 1, quarantined: 2 }],
  });
  expect(await north.quarantine('line, raw_text')).toEqual([
    { line: 1 + rows + 1, raw_text: bill(rows + 1, 'lost') },
    { line: 1 + rows + 3, raw_text: bill(rows + 3, 'gone') },
  ]);
  expect(
    await north.raw(`select count(*)::int as wrong from raw.billing where encounter_id <> 'encounter-' || record`),
  ).toEqual([{ wrong: 0 }]);
});

test('no value of any row reaches the ledger or a file name', async () => {
  const north = landing();
  north.write(
    'extract/a.csv',
    charges(charge('secretid1', 100), 'secretid2,secretenc,2026-02-30,1', 'secretid3', 'secretid4,e1,"x', ''),
  );
  north.write(
    'extract/b.csv',
    charges(charge('secretid5', 100), 'secretid6,secretenc,2026-02-30,secretcents', 'secretid7'),
  );
  await north.run();
  expect(north.ledgerText()).not.toContain('secret');
  expect(globSync('**', { cwd: north.workspace.dataFolder }).join()).not.toContain('secret');
  const stored = globSync('quarantine/*', { cwd: north.workspace.dataFolder }).map((file) =>
    readFileSync(join(north.workspace.dataFolder, file), 'latin1'),
  );
  expect(stored.join().length).toBeGreaterThan(0);
});

test('every check of every contract is a condition DuckDB understands', async () => {
  for (const contract of contracts.values()) {
    const north = new Landing({ format: 'csv', contract: contract.id });
    north.write(
      'extract/a.csv',
      `${contract.columns.map(({ name }) => name).join(',')}\n${contract.columns.map(() => 'x').join(',')}\n`,
    );
    const report = await north.runOne();
    expect([contract.id, report.status]).toEqual([contract.id, 'landed']);
  }
});

const events = sharedData('hospital-billing', 'hospital_billing_events.csv.gz');
test.skipIf(events === null)('a log of events lands as cases, the one called NA among them', async () => {
  const log = new Landing({ format: 'csv', mapping: 'hospital-billing', path: events ?? '', hold: {} });
  const report = await log.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    rejected: 0,
    reasons: [],
    isInstant: true,
    files: [{ records: 451_359, lines: 451_359 + 1 }],
  });
  expect(await log.raw(`select count(*) as cases, count_if(encounter_id = 'NA') as na from raw.encounter`)).toEqual([
    { cases: 100_000, na: 1 },
  ]);
});

const survey = sharedData('nhds-2010', 'nhds2010.csv.gz');
test.skipIf(survey === null)('a survey of wide rows lands whole', async () => {
  const wide = new Landing({ format: 'csv', mapping: 'nhds-2010', path: survey ?? '', hold: {} });
  expect(await wide.runOne()).toMatchObject({ status: 'landed', rejected: 0, reasons: [] });
  expect(await wide.raw(`select sum(survey_weight) as weight from raw.encounter where not is_newborn`)).toEqual([
    { weight: 35_078_560 },
  ]);
  expect(await wide.raw(`select count(*) as codes from raw.encounter_code where code_set = 'ICD9CM'`)).toEqual([
    { codes: 1_105_849 },
  ]);
});

const simulated = sharedData('synthea-csv', 'encounters.csv');
test.skipIf(simulated === null)('ids of a simulator look like no identifier', async () => {
  const visits = new Landing({
    format: 'csv',
    mapping: 'synthea-csv',
    path: simulated ?? '',
    lookups: { patient: sharedData('synthea-csv', 'patients.csv') ?? '' },
    hold: {},
  });
  expect(await visits.runOne()).toMatchObject({ status: 'landed', rejected: 0, reasons: [] });
});
