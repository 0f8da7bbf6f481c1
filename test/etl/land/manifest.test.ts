import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Source } from '../../../etl/workspace/workspace.ts';
import { Landing } from '../../support/landing.ts';

const header = 'charge_event_id,encounter_id,posted_ts,amount_cents';
const charges = (...cents: readonly (string | number)[]): string =>
  [header, ...cents.map((amount, i) => `c${i},e1,2026-01-05,${amount}`), ''].join('\n');

const landing = (source: Partial<Source> = {}): Landing =>
  new Landing({ format: 'csv', contract: 'charge_event', ...source });

const manifest = (of: Landing, content: object | string): string =>
  of.write('extract/manifest.json', typeof content === 'string' ? content : JSON.stringify(content));

test('another number of rows, or another digest, than the manifest gives', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(1, 2, 3, 4));
  const entry = (of: object): string => manifest(north, { files: [{ name: 'a.csv', ...of }] });
  entry({ rows: 5 });
  expect((await north.runOne()).message).toMatch(
    'extract/a.csv is held by rule manifest-rows: manifest.json gives 5 rows, the file holds 4',
  );
  entry({ rows: 4, sha256: '0'.repeat(64) });
  expect((await north.runOne()).message).toMatch('is held by rule manifest-sha256');
  entry({ rows: 'four' });
  expect((await north.runOne()).message).toMatch('manifest.json:1 `files[0].rows`: must be a whole number');
  entry({ rows: 4 });
  expect(await north.runOne()).toMatchObject({ status: 'landed', files: [{ manifestRows: 4 }] });
  manifest(north, '{');
  expect(await north.runOne()).toMatchObject({ status: 'unchanged' });
});

test('a file the manifest names and that has not come is refused, while the others land', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(1));
  manifest(north, { files: [{ name: 'a.csv' }, { name: 'b.csv' }] });
  expect(await north.run()).toMatchObject([
    { status: 'landed' },
    {
      status: 'refused',
      message: 'extract/b.csv: manifest.json names it, and it has not come. Send it, or a manifest without it.',
    },
  ]);
  const b = north.write('extract/b.csv', charges());
  expect((await north.run()).map(({ status }) => status)).toEqual(['unchanged', 'landed']);
  // Moved away once it has landed.
  rmSync(b);
  expect((await north.run()).map(({ status }) => status)).toEqual(['unchanged']);
});

test('a manifest that came before any file says what is awaited; files of other sources are not', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' }, 'extract/charge*.csv');
  manifest(north, { files: [{ name: 'charge-1.csv' }, { name: 'encounter.csv' }] });
  expect(await north.run()).toMatchObject([
    { status: 'refused', message: expect.stringMatching(/^extract\/charge-1\.csv:/) },
  ]);
});

test('a source that asks for a manifest holds files without one', async () => {
  const north = landing({ manifest: 'required' });
  north.write('extract/a.csv', charges(1));
  expect((await north.runOne()).message).toMatch(
    'extract/a.csv is held by rule manifest-required: source north asks for a manifest, and there is none beside it. Ask',
  );
  manifest(north, { files: [{ name: 'b.csv' }] });
  expect((await north.run())[0]?.message).toMatch('is held by rule manifest-required');
  manifest(north, { files: [{ name: 'a.csv' }] });
  expect((await north.runOne()).status).toBe('landed');
});

test('a manifest of another privacy mode than the source is held', async () => {
  const north = landing({ privacy: 'limited_data_set' });
  north.write('extract/a.csv', charges(1));
  manifest(north, { privacy_mode: 'expert_determination' });
  expect((await north.runOne()).message).toMatch('extract/a.csv is held by rule manifest-privacy');
  manifest(north, { privacy_mode: 'limited_data_set' });
  expect((await north.runOne()).status).toBe('landed');
});

test.each([
  ['in quotes', ['0.1', '0.2'], '"0.3"', null],
  ['beyond what a double holds', ['90071992547409930.01', '0.02'], '90071992547409930.03', null],
  [
    'one unit off beyond what a double holds',
    ['90071992547409930.01', '0.02'],
    '90071992547409930.04',
    /its sum of `gross_charges` is not the one/,
  ],
  ['of rows that are refused too', ['1.50', '-2'], '-0.5', null],
  ['one cent off', ['1.50', '2'], '3.51', /its sum of `gross_charges` is not the one manifest\.json gives/],
  ['of text', ['1.50', '$2'], '3.50', /1 of its values are no plain numbers/],
])('a control total %s', async (_what, values, total, says) => {
  const north = new Landing({ format: 'csv', contract: 'billing' });
  north.write(
    'extract/a.csv',
    ['encounter_id,bill_no,gross_charges', ...values.map((value, i) => `e${i},1,${value}`), ''].join('\n'),
  );
  manifest(north, `{"files": [{"name": "a.csv", "rows": 2, "totals": {"gross_charges": ${total}}}]}`);
  const report = await north.runOne();
  expect(report.status).toBe(says === null ? 'landed' : 'held');
  if (says === null) return;
  expect(report.message).toMatch(says);
  expect(report.message).toMatch(/^extract\/a\.csv is held by rule manifest-totals: /);
  for (const value of [...values, total]) expect(report.message).not.toContain(value);
});

test('a control total of a column the file has not, or that is no number', async () => {
  const north = landing();
  north.write('extract/a.csv', charges(1));
  const totals = (of: object): string => manifest(north, { files: [{ name: 'a.csv', totals: of }] });
  totals({ amount: 1 });
  expect((await north.runOne()).message).toMatch('gives a sum of `amount`, a column the file has not');
  totals({ amount_cents: 'one' });
  expect((await north.runOne()).message).toMatch('`files[0].totals.amount_cents`: `one` is not of the right form');
});

test('a torn row is missing from a control total', async () => {
  const north = landing();
  north.write('extract/a.csv', `${charges(1, 2)}torn,e1\n`);
  manifest(north, { files: [{ name: 'a.csv', totals: { amount_cents: 3 } }] });
  expect(await north.runOne()).toMatchObject({ status: 'landed', rejected: 1 });
});

test('the ledger keeps totals of its own, of columns with enough values that none of them tells of a row', async () => {
  const north = landing();
  const ten = Array.from({ length: 10 }, (_, i) => i);
  north.write('extract/a.csv', charges(...ten));
  expect((await north.runOne()).contracts[0]?.totals).toEqual({});
  north.write('extract/a.csv', charges(...ten, 100));
  expect((await north.runOne()).contracts[0]?.totals).toEqual({ amount_cents: '145' });
});
