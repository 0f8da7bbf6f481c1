import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import { releaseMeta } from '../../../etl/release-meta.ts';
import type { Source } from '../../../etl/workspace/workspace.ts';
import { contracts, Landing } from '../../support/landing.ts';

const header = 'charge_event_id,encounter_id,posted_ts,amount_cents';
const charges = (...rows: readonly string[]): string => [header, ...rows, ''].join('\n');
const charge = (id: string, cents: number, day = '2026-08-05'): string => `${id},e1,${day},${cents}`;
const amounts = `select string_agg(charge_event_id || '=' || amount_cents, ' ' order by charge_event_id) as rows from raw.charge_event`;

const landing = (source: Partial<Source> = {}): Landing =>
  new Landing({ format: 'csv', contract: 'charge_event', ...source }, 'extract/**/*.csv');
const live = async (of: Landing): Promise<unknown> => (await of.raw(amounts))[0]?.rows;
const said = (reports: readonly BatchReport[]): readonly string[] => reports.map(({ status }) => status);
const manifest = (of: Landing, folder: string, content: object): string =>
  of.write(`extract/${folder}/manifest.json`, JSON.stringify(content));

test('the same batch under two names is a recorded no-op, in one run as in many', async () => {
  const north = landing();
  const a = north.write('extract/a.csv', charges(charge('c1', 1)));
  north.write('extract/b.csv', charges(charge('c1', 1)));
  const reports = await north.run();
  expect(reports).toMatchObject([
    { status: 'landed' },
    { status: 'unchanged', message: 'extract/b.csv: landed before as extract/a.csv, nothing to do', supersedes: [] },
  ]);
  expect(said(await north.run())).toEqual(['unchanged', 'unchanged']);
  expect(await live(north)).toBe('c1=1');
  // One of the two is revised: the other still holds what it held.
  north.write('extract/b.csv', charges(charge('c2', 2)));
  expect((await north.run())[1]).toMatchObject({ status: 'landed', supersedes: [] });
  expect(await live(north)).toBe('c1=1 c2=2');
  // And back again: what stood there in between is gone.
  north.write('extract/b.csv', charges(charge('c1', 1)));
  expect((await north.run())[1]).toMatchObject({ status: 'unchanged', supersedes: [expect.any(String)] });
  expect(await live(north)).toBe('c1=1');
  rmSync(a);
  expect(said(await north.run())).toEqual(['unchanged']);
  expect(await live(north)).toBe('c1=1');
});

test('of full deliveries the newest is the whole truth, whatever came last', async () => {
  const north = landing({ extract: 'full' });
  north.write('extract/2.csv', charges(charge('c1', 2), charge('c2', 2)));
  await north.run();
  north.write('extract/1.csv', charges(charge('c1', 1), charge('c3', 1)));
  expect((await north.run())[0]?.contracts).toMatchObject([{ mapped: 2, accepted: 0, superseded: 2, arrived: {} }]);
  north.write('extract/3.csv', charges(charge('c2', 3)));
  expect((await north.run()).at(-1)?.contracts).toMatchObject([{ inserted: 0, updated: 1, superseded: 0 }]);
  expect(await live(north)).toBe('c2=3');
  north.write('extract/4.csv', charges());
  const [empty] = (await north.run()).slice(-1);
  expect(empty?.message).toMatch(
    /^extract\/4\.csv is held by rule empty-full: .* would take out all of source north\. Send/,
  );
  expect(await live(north)).toBe('c2=3');
});

test('the files one manifest names are one full delivery, which lands whole or not at all', async () => {
  const north = landing({ extract: 'full' });
  north.write('extract/0/a.csv', charges(charge('c0', 0)));
  await north.run();
  north.write('extract/1/a.csv', charges(charge('c1', 1)));
  manifest(north, '1', { extract_as_of_ts: '2026-09-01', files: [{ name: 'a.csv' }, { name: 'b.csv' }] });
  expect((await north.run()).at(-1)?.message).toMatch(
    'extract/1/a.csv is held by rule manifest-file: extract/1/b.csv, which manifest.json names in the same delivery, has not come',
  );
  expect(await live(north)).toBe('c0=0');
  const b = north.write('extract/1/b.csv', charges(charge('c2', 1)));
  expect((await north.run()).at(-1)).toMatchObject({ status: 'landed', files: [{}, {}] });
  expect(await live(north)).toBe('c1=1 c2=1');
  rmSync(b);
  expect(said(await north.run())).toEqual(['unchanged', 'unchanged']);
  expect(await live(north)).toBe('c1=1 c2=1');
});

test('the as-of of a manifest goes before the path', async () => {
  const north = landing({ extract: 'delta' });
  north.write('extract/1/a.csv', charges(charge('c1', 1), charge('c2', 1)));
  manifest(north, '1', { extract_as_of_ts: '2026-09-02T00:00:00', files: [{ name: 'a.csv' }] });
  north.write('extract/2/a.csv', charges(charge('c1', 2), charge('c3', 2)));
  manifest(north, '2', { extract_as_of_ts: '2026-09-01T00:00:00', files: [{ name: 'a.csv' }] });
  await north.run();
  expect(await live(north)).toBe('c1=1 c2=1 c3=2');
  // A manifest that is mended is heard, though no byte of the file has changed.
  manifest(north, '2', { extract_as_of_ts: '2026-09-03T00:00:00', files: [{ name: 'a.csv' }] });
  expect(said(await north.run())).toEqual(['unchanged', 'unchanged']);
  expect(await live(north)).toBe('c1=2 c2=1 c3=2');
});

test('a delta under the same name is another delivery once its manifest says so', async () => {
  const north = landing({ extract: 'delta', manifest: 'required' });
  const night = (asOf: string, ...rows: readonly string[]): Promise<readonly BatchReport[]> => {
    north.write('extract/n/a.csv', charges(...rows));
    manifest(north, 'n', { extract_as_of_ts: asOf, files: [{ name: 'a.csv' }] });
    return north.run();
  };
  await night('2026-09-01', charge('c1', 1), charge('c2', 1));
  await night('2026-09-02', charge('c1', 2));
  expect(await live(north)).toBe('c1=2 c2=1');
  await night('2026-09-02', charge('c3', 2));
  expect(await live(north)).toBe('c1=1 c2=1 c3=2');
});

test('a snapshot takes the place of all rows of its period, and of no others', async () => {
  const north = landing({ extract: 'snapshot' });
  north.write(
    'extract/a-2026-Q3.csv',
    charges(charge('c1', 1), charge('c2', 1, '2026-07-31 23:59:59'), charge('c3', 1, '2026-09-01')),
  );
  await north.run();
  north.write('extract/b-2026-08.csv', charges(charge('c4', 2)));
  await north.run();
  expect(await live(north)).toBe('c2=1 c3=1 c4=2');
  // A day without rows is a snapshot too.
  north.write('extract/c-2026-08-05.csv', charges());
  await north.run();
  expect(await live(north)).toBe('c2=1 c3=1');
});

test.each<[string, Partial<Source>, string, string, object | null, RegExp]>([
  [
    'without a period',
    {},
    'a.csv',
    charge('c1', 1),
    null,
    /rule snapshot-period: neither its name nor a manifest says/,
  ],
  [
    'of days out of order',
    {},
    'a.csv',
    charge('c1', 1),
    { period_start: '2026-09-01', period_end: '2026-08-01' },
    /rule snapshot-period: period_start and period_end of manifest\.json are no days in order/,
  ],
  [
    'that ends on a last day',
    {},
    'a.csv',
    charge('c1', 1),
    { period_start: '2026-08-01', period_end: '2026-08-31T23:59:59' },
    /first day no longer in it/,
  ],
  [
    'with a row on the first day after it',
    {},
    'a-2026-08.csv',
    charge('c1', 1, '2026-09-01'),
    null,
    /rule outside-period: it says it holds 2026-08-01 to 2026-09-01 \(not included\), and 1 rows of charge_event/,
  ],
  [
    'with a row of the day before it',
    {},
    'a-2026-08.csv',
    charge('c1', 1, '2026-07-31 23:59:59'),
    null,
    /rule outside-period/,
  ],
])('a snapshot %s is held', async (_what, source, name, row, stated, says) => {
  const north = landing({ extract: 'snapshot', ...source });
  north.write(`extract/${name}`, charges(row));
  if (stated) manifest(north, '', { ...stated, files: [{ name }] });
  expect(await north.runOne()).toMatchObject({ status: 'held', message: expect.stringMatching(says) });
});

test('snapshots of rows without a date are held where their periods share some days', async () => {
  const north = landing({ extract: 'snapshot', contract: 'encounter_drg' });
  const drgs = (id: string): string => `encounter_id,stage,drg_type,drg_code\n${id},final,MS,470\n`;
  north.write('extract/a-2026-08.csv', drgs('e1'));
  await north.run();
  north.write('extract/b-2026-08-05.csv', drgs('e2'));
  const [, day] = await north.run();
  expect(day?.message).toMatch(
    /b-2026-08-05\.csv is held by rule half-covered: its period and that of extract\/a-2026-08\.csv/,
  );
  north.write('extract/c-2026-Q3.csv', drgs('e3'));
  expect(said(await north.run())).toEqual(['unchanged', 'held', 'landed']);
  // It lands, and has nothing to say, once a later one holds all of its days.
  expect((await north.run())[1]?.contracts).toMatchObject([{ accepted: 0, superseded: 1 }]);
  expect(await north.raw('select encounter_id from raw.encounter_drg')).toEqual([{ encounter_id: 'e3' }]);
});

test('a column that was renamed is shown against those of the last delivery', async () => {
  const north = landing({ contract: 'encounter' });
  const visits = (left: string): string =>
    `encounter_id,patient_key,facility_id,patient_class,admit_ts,${left},age_years,sex\ne1,p1,north,ed,2026-08-01,2026-08-02,50,female\n`;
  north.write('extract/1.csv', visits('discharge_ts'));
  expect((await north.runOne()).status).toBe('landed');
  north.write('extract/2.csv', visits('discharge_dt'));
  expect((await north.run())[1]?.message).toMatch(
    'extract/2.csv line 1 is held by rule undeclared-column: undeclared `discharge_dt`; missing `discharge_ts`, which the last delivery had. ',
  );
});

test('two sources may not have rows of one key', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 1)));
  const file = north.write('south/a.csv', charges(charge('c1', 2), charge('c2', 2)));
  const south = { ...north.source, id: 'south', path: file };
  Object.assign(north.workspace, { sources: [north.source, south] });
  await north.run();
  const held =
    'south/a.csv is held by rule two-sources: 1 rows of charge_event have a charge_event_id that source north has sent; source south may not send it as well. Name';
  expect((await north.run(south))[0]?.message).toMatch(held);
  expect(await live(north)).toBe('c1=1');
  const same = { ...south, path: join(north.folder, 'extract/a.csv') };
  expect((await north.run(same))[0]?.message).toMatch('that source north has sent, in this very file;');
  // Once the other has withdrawn it, or is out of himsight.yaml, it lands.
  north.write('extract/a.csv', charges());
  await north.run();
  expect((await north.run(south))[0]?.status).toBe('landed');
  expect(await live(north)).toBe('c1=2 c2=2');
});

test('items of a tumor that is refused do not land', async () => {
  const registry = new Landing({ format: 'naaccr-xml', mapping: 'naaccr-xml' }, 'extract/*.xml');
  const tumor = (site: string, behavior: string): string =>
    `<Tumor><Item naaccrId="primarySite">${site}</Item><Item naaccrId="behaviorCodeIcdO3">${behavior}</Item><Item naaccrId="stateItem">1</Item></Tumor>`;
  const dictionary = registry.write(
    'user.xml',
    `<NaaccrDictionary dictionaryUri="http://state.example/user.xml" naaccrVersion="250" specificationVersion="1.8" xmlns="http://naaccr.org/naaccrxml"><ItemDefs>
<ItemDef naaccrId="stateItem" naaccrNum="9500" naaccrName="State" parentXmlElement="Tumor" recordTypes="A,M,C,I" length="1"/></ItemDefs></NaaccrDictionary>`,
  );
  Object.assign(registry.workspace, { config: { sources: [], registry: { dictionaries: [dictionary] } } });
  registry.write(
    'extract/a.xml',
    `<?xml version="1.0"?>
<NaaccrData baseDictionaryUri="http://naaccr.org/naaccrxml/naaccr-dictionary-250.xml" userDictionaryUri="http://state.example/user.xml" recordType="A" xmlns="http://naaccr.org/naaccrxml">
<Patient><Item naaccrId="patientIdNumber">00000001</Item>
${tumor('C501', '3')}
${tumor('C502', '7')}</Patient></NaaccrData>`,
  );
  const report = await registry.runOne();
  const [tumors, items] = report.contracts;
  expect(tumors).toMatchObject({ contract: 'tumor', mapped: 2, accepted: 1, quarantined: 1 });
  expect(items).toMatchObject({ contract: 'tumor_item', mapped: 2, accepted: 1, quarantined: 1 });
  expect(report.reasons).toContainEqual(
    expect.objectContaining({ rule: 'part-of:tumor', contract: 'tumor_item', count: 1 }),
  );
  expect(await registry.raw('select distinct primarySite as site from raw.tumor_item')).toEqual([{ site: 'C501' }]);
});

test('what landed before deliveries were told apart stays', async () => {
  const north = landing();
  north.write('extract/1.csv', charges(charge('c1', 1), charge('c2', 1, '2026-09-05')));
  north.write('extract/2.csv', charges(charge('c1', 2)));
  await north.run();
  const folder = join(north.workspace.dataFolder, 'ledger');
  const file = join(folder, readdirSync(folder)[0]!, 'event.ndjson');
  const old = readFileSync(file, 'utf8').replaceAll(/,"(stated|arrived|totals|columns)":(\{[^{}]*\}|\[[^\]]*\])/g, '');
  expect(old).not.toMatch(/"(stated|arrived|totals|columns)"/);
  writeFileSync(file, old);
  expect(await live(north)).toBe('c1=2 c2=1');
  expect(said(await north.run())).toEqual(['unchanged', 'unchanged']);
  north.write('extract/3.csv', charges(charge('c2', 3)));
  await north.run();
  expect(await live(north)).toBe('c1=2 c2=3');
});

test('rows have a month and a day on which they came, also those that were replaced since', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(charge('c1', 1), charge('c2', 1, '2026-07-31')));
  await north.run();
  north.write(
    'extract/a.csv',
    charges(charge('c1', 1), charge('c2', 2, '2026-07-31'), charge('c3', 1, '2026-08-20 10:00')),
  );
  await north.run();
  const state = await readLandedState(join(north.workspace.dataFolder, 'ledger'));
  const { tables } = releaseMeta(state, north.workspace, contracts);
  const cell = { source_id: 'north', contract: 'charge_event' };
  expect(tables.find(({ name }) => name === 'arrival')?.rows).toEqual([
    { ...cell, month: '2026-07-01', arrived_on: '2026-08-05', rows: 1 },
    { ...cell, month: '2026-08-01', arrived_on: '2026-08-05', rows: 1 },
    { ...cell, month: '2026-07-01', arrived_on: '2026-08-20', rows: 1 },
    { ...cell, month: '2026-08-01', arrived_on: '2026-08-20', rows: 1 },
  ]);
});
