import { utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openBuilder } from '../../../warehouse/open.ts';
import type { SourceFormat } from '../../../etl/workspace/config.ts';
import { Landing } from '../../support/landing.ts';
import { workbookFile } from '../read/xlsx-file.ts';

const names = ['charge_event_id', 'encounter_id', 'posted_ts', 'amount_cents'];
const values = ['c1', 'e1', '2026-01-05', '100'];
const csv = `${names.join(',')}\n${values.join(',')}\n`;
const cells = (of: readonly string[]) =>
  of.map((value, i) => `<c r="${'ABCD'[i]}1" t="str"><v>${value}</v></c>`).join('');
const layout = `columns:\n${['1, length: 2', '3, length: 2', '5, length: 10', '15, length: 3'].map((place, i) => `  - { name: ${names[i]}, start: ${place} }\n`).join('')}`;

const parquet = async (landing: Landing): Promise<void> => {
  const { connection, close } = await openBuilder(null);
  const columns = names.map((name, i) => `'${values[i]}' as ${name}`).join(', ');
  await connection.run(`copy (select ${columns}) to '${landing.folder}/extract/a.parquet'`);
  await close();
};

const kinds: readonly (readonly [name: string, format: SourceFormat, bytes: Uint8Array | string | null])[] = [
  ['a.csv', 'csv', csv],
  ['a.csv.gz', 'csv', gzipSync(csv)],
  ['a.zip', 'csv', zipSync({ 'a.csv': strToU8(csv) })],
  ['a.ndjson', 'ndjson', `${JSON.stringify(Object.fromEntries(names.map((name, i) => [name, values[i]])))}\n`],
  [
    'a.xlsx',
    'xlsx',
    workbookFile({ sheets: { a: { rows: `<row r="1">${cells(names)}</row><row r="2">${cells(values)}</row>` } } }),
  ],
  ['a.parquet', 'parquet', null],
  ['a.txt', 'fixed-width', `${values.join('')}\n`],
];

const landingOf = async ([name, format, bytes]: (typeof kinds)[number]): Promise<Landing> => {
  const landing = new Landing({ format, contract: 'charge_event' });
  landing.write(`extract/${name}`, bytes ?? '');
  if (bytes === null) await parquet(landing);
  Object.assign(landing.source, { layout: landing.write('layout.yaml', layout) });
  return landing;
};

test.each(kinds)('%s that changes while it is read is held as still growing', async (...kind) => {
  const landing = await landingOf(kind);
  const file = `${landing.folder}/extract/${kind[0]}`;
  const [report] = await landing.run(landing.source, (text) => {
    if (text.startsWith('Judging')) utimesSync(file, 1, 1);
  });
  expect(report).toMatchObject({ status: 'held', contracts: [] });
  expect(report?.message).toMatch(/is held by rule still-growing: it changed while it was read\./);
  expect((await landing.runOne()).status).toBe('landed');
});

test.each(kinds)('%s that broke off is held as growing while it grows, and lands when it is whole', async (...kind) => {
  const landing = await landingOf(kind);
  const whole = landing.read(`extract/${kind[0]}`);
  const file = landing.write(`extract/${kind[0]}`, whole.subarray(0, Math.floor(whole.length * 0.7)));
  const [growing] = await landing.run(landing.source, () => utimesSync(file, 1, 1));
  // An archive is unpacked before anything of it is told to be read.
  expect(growing?.message).toMatch(kind[0] === 'a.zip' ? /rule torn-zip/ : /rule still-growing/);
  landing.write(`extract/${kind[0]}`, whole);
  expect(await landing.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 1 }] });
});

test.each(kinds)(
  '%s counts as whole so many seconds after its last change, where the source says so',
  async (...kind) => {
    const landing = await landingOf(kind);
    Object.assign(landing.source, { settleSeconds: 3600 });
    const file = `${landing.folder}/extract/${kind[0]}`;
    const changed = (seconds: number): void => {
      const at = Date.now() / 1000 - seconds;
      utimesSync(file, at, at);
    };
    changed(3000);
    expect((await landing.runOne()).message).toMatch(
      /is held by rule still-growing: it changed less than 3600 seconds ago\./,
    );
    changed(-3000);
    expect((await landing.runOne()).status).toBe('held');
    changed(-8000);
    expect((await landing.runOne()).status).toBe('landed');
    changed(3700);
    expect((await landing.runOne()).status).toBe('unchanged');
  },
);

test.each(kinds)('%s of 0 bytes is held as empty', async (...kind) => {
  const landing = await landingOf(kind);
  landing.write(`extract/${kind[0]}`, '');
  expect((await landing.runOne()).message).toMatch(/is held by rule empty: it has 0 bytes\./);
  if (kind[1] === 'parquet' || kind[1] === 'xlsx') return;
  landing.write(`extract/${kind[0]}`, gzipSync(''));
  expect((await landing.runOne()).message).toMatch(/is held by rule empty: it has 0 bytes\./);
});

test('Parquet without its footer is held', async () => {
  const landing = await landingOf(kinds[5]!);
  const whole = landing.read('extract/a.parquet');
  landing.write('extract/a.parquet', whole.subarray(0, -1));
  expect((await landing.runOne()).message).toMatch(
    /^extract\/a\.parquet is held by rule torn-parquet: its footer is missing, which is written last\./,
  );
});
