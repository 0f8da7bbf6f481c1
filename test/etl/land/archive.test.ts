import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import { unpack } from '../../../etl/read/archive.ts';
import type { Source } from '../../../etl/workspace/workspace.ts';
import { Landing } from '../../support/landing.ts';
import { workbookFile } from '../read/xlsx-file.ts';

const text = (...ids: readonly string[]): Uint8Array =>
  strToU8(
    ['charge_event_id,encounter_id,posted_ts,amount_cents', ...ids.map((id) => `${id},e1,2026-01-05,100`), ''].join(
      '\n',
    ),
  );
const charges = (source: Partial<Source> = {}): Landing =>
  new Landing({ format: 'csv', contract: 'charge_event', ...source }, 'extract/*.zip');
const ids = async (landing: Landing) =>
  (await landing.raw('select charge_event_id as id from raw.charge_event order by 1')).map(({ id }) => id);
const zip = (content: Zippable): Buffer => Buffer.from(zipSync(content));

test('each extract of an archive is a batch under the name of both', async () => {
  const landing = charges();
  const archive = {
    'b.csv': text('c2'),
    'deep/a.tsv.gz': gzipSync(text('c1')),
    '.hidden.csv': text('no'),
    '__MACOSX/._b.csv': text('no'),
    'half.csv.part': text('no'),
    'readme.md': text('no'),
    'empty/': new Uint8Array(),
  };
  landing.write('extract/day.zip', zip({ 'b.csv': archive['b.csv'] }));
  expect(await landing.run()).toMatchObject([
    { status: 'landed', files: [{ name: 'extract/day.zip/b.csv', records: 1 }] },
  ]);
  landing.write('extract/day.zip', zip(archive));
  expect((await landing.run()).map(({ status, files }) => [status, files[0]?.name])).toEqual([
    ['unchanged', 'extract/day.zip/b.csv'],
    ['landed', 'extract/day.zip/deep/a.tsv.gz'],
  ]);
  expect(await ids(landing)).toEqual(['c1', 'c2']);
  expect(readdirSync(join(landing.workspace.dataFolder, 'tmp')).filter((name) => name.startsWith('input-'))).toEqual(
    [],
  );
});

test('a bad row of an archive is found in its own file', async () => {
  const landing = charges();
  landing.write('extract/day.zip', zip({ 'a.csv': Buffer.concat([text('c1'), Buffer.from('torn\n')]) }));
  expect((await landing.runOne()).reasons).toMatchObject([
    { rule: 'torn-row', file: 'extract/day.zip/a.csv', line: 3 },
  ]);
});

test('an archive is the one whose sha256 the manifest beside it gives, or is held', async () => {
  const landing = charges();
  const day = zip({ 'a.csv': text('c1') });
  const manifest = (bytes: Buffer) =>
    JSON.stringify({ files: [{ name: 'day.zip', sha256: createHash('sha256').update(bytes).digest('hex') }] });
  landing.write('extract/day.zip', day);
  landing.write('extract/manifest.json', manifest(zip({ 'a.csv': text('c2') })));
  expect(await landing.runOne()).toMatchObject({
    status: 'held',
    message: expect.stringMatching(/^extract\/day\.zip is held by rule manifest-sha256: /) as string,
  });
  landing.write('extract/manifest.json', manifest(day));
  expect(await landing.runOne()).toMatchObject({ status: 'landed' });
});

test('the manifest in an archive, else the one beside it, speaks of its files', async () => {
  const manifest = (rows: number) => strToU8(JSON.stringify({ files: [{ name: 'a.csv', rows }] }));
  const own = charges();
  own.write('extract/manifest.json', manifest(7));
  own.write('extract/day.zip', zip({ 'a.csv': text('c1'), 'manifest.json': manifest(2) }));
  expect((await own.runOne()).message).toContain('manifest.json gives 2 rows, the file holds 1');
  own.write('extract/day.zip', zip({ 'a.csv': text('c1') }));
  expect((await own.runOne()).message).toContain('manifest.json gives 7 rows, the file holds 1');
  own.write('extract/manifest.json', manifest(1));
  expect(await own.runOne()).toMatchObject({ status: 'landed', files: [{ manifestRows: 1 }] });
});

const link: Zippable[string] = [text('c1'), { os: 3, attrs: (0o120777 << 16) >>> 0 }];
const good = zip({ 'a.csv': text('c1', 'c2', 'c3') });
/** An archive with bytes of its last directory entry, which stands before the end record, replaced. */
const directoryWith = (archive: Buffer, offset: number, bytes: readonly number[]): Buffer => {
  const at = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + offset;
  return Buffer.concat([archive.subarray(0, at), Buffer.from(bytes), archive.subarray(at + bytes.length)]);
};

test.each([
  ['torn-zip', good.subarray(0, -10)],
  ['torn-zip', good.subarray(0, 40)],
  ['damaged-zip', Buffer.from(good).fill(0xff, 40, 60)],
  ['damaged-zip', directoryWith(good, 24, [1, 0, 0, 0])],
  ['damaged-zip', directoryWith(good, 16, [0, 0, 0, 0])],
  ['encrypted-zip', directoryWith(good, 8, [1])],
  ['unsafe-zip', zip({ '../a.csv': text('c1') })],
  ['unsafe-zip', zip({ 'x/../../a.csv': text('c1') })],
  ['unsafe-zip', zip({ '/etc/a.csv': text('c1') })],
  ['unsafe-zip', zip({ 'C:\\a.csv': text('c1') })],
  ['unsafe-zip', zip({ 'a.csv': link })],
  ['twin-entries', zip({ 'a.csv': text('c1'), 'A.csv': text('c2') })],
  ['twin-entries', zip({ 'a.csv': text('c1'), 'a.csv/b.csv': text('c2') })],
  ['nested-zip', zip({ 'a.zip': good })],
  ['nested-zip', zip({ 'a.csv': good })],
  ['empty-zip', zip({ 'a.xlsx': text('c1') })],
  ['empty-zip', zip({})],
  ['workbook', Buffer.from(workbookFile({ sheets: { a: { rows: '' } } }))],
])('%s holds an archive, and nothing of it lands', async (rule, bytes) => {
  const landing = charges();
  landing.write('extract/day.zip', bytes);
  const report = await landing.runOne();
  expect(report).toMatchObject({ status: 'held', contracts: [] });
  expect(report.message).toMatch(new RegExp(`^extract/day\\.zip is held by rule ${rule}: it .*\\. [A-Z].*\\.$`));
});

test('an archive that unpacks to more than there is room for is held before anything is written', async () => {
  const landing = charges();
  const file = landing.write('extract/day.zip', good);
  const folder = join(landing.folder, 'to');
  landing.write('to/x', '');
  const size = text('c1', 'c2', 'c3').length;
  const archive = { file, name: 'day.zip', format: 'csv' } as const;
  await expect(unpack(archive, folder, size - 1)).rejects.toThrow('day.zip is held by rule oversized-zip');
  expect(readdirSync(folder)).toEqual(['x']);
  expect(await unpack(archive, folder, size)).toMatchObject([{ entry: 'a.csv' }]);
});

test('one archive held does not keep the next from landing', async () => {
  const landing = charges();
  landing.write('extract/a.zip', good.subarray(0, -10));
  landing.write('extract/b.zip', good);
  expect((await landing.run()).map(({ status }) => status)).toEqual(['held', 'landed']);
});

test('workbooks and tables of Parquet come in archives too; a workbook by another name is one', async () => {
  const names = ['charge_event_id', 'encounter_id', 'posted_ts', 'amount_cents'];
  const cells = (values: readonly string[]) =>
    values.map((value, i) => `<c r="${'ABCD'[i]}1" t="str"><v>${value}</v></c>`).join('');
  const book = workbookFile({
    sheets: {
      charge_event: {
        rows: `<row r="1">${cells(names)}</row><row r="2">${cells(['c1', 'e1', '2026-01-05', '100'])}</row>`,
      },
    },
  });
  const landing = charges({ format: 'xlsx' });
  landing.write('extract/day.zip', zip({ 'a.xlsx': book }));
  landing.write('extract/other.zip', book);
  expect((await landing.run()).map(({ status, files }) => [status, files[0]?.name])).toEqual([
    ['landed', 'extract/day.zip/a.xlsx'],
    ['unchanged', 'extract/other.zip'],
  ]);
  expect(await ids(landing)).toEqual(['c1']);
});

test('an archive of a full extract is one delivery: none of its files takes the place of another', async () => {
  const landing = charges({ extract: 'full' });
  landing.write('extract/1.zip', zip({ 'a.csv': text('c1'), 'b.csv': text('c2') }));
  expect(await landing.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 2 }] });
  landing.write('extract/2.zip', zip({ 'a.csv': text('c1'), 'b.csv': text('c3') }));
  expect((await landing.run()).map(({ status }) => status)).toEqual(['unchanged', 'landed']);
  expect(await ids(landing)).toEqual(['c1', 'c3']);
});
