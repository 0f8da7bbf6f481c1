import { createHash } from 'node:crypto';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { hasChanged, scanFile } from '../../../etl/read/scan.ts';

const csv = { delimiter: 44 };
const file = (content: string | Uint8Array, name = 'a.csv'): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'scan-')), name);
  writeFileSync(path, content);
  return path;
};
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

test('digest, size, lines, records and header in one pass', async () => {
  const text = '\uFEFFa,b\r\n1,"2\n"\r\n';
  expect(await scanFile(file(text), csv)).toMatchObject({
    digest: sha256(text),
    bytes: Buffer.byteLength(text),
    isGzip: false,
    lines: 3,
    records: 2,
    longest: 2,
    header: 'a,b',
    flaw: null,
  });
});

test('gzip is known by its first bytes, not its name; several members are one text', async () => {
  const bytes = Buffer.concat([gzipSync('a,b\n1,'), gzipSync('2\n3,4\n')]);
  expect(await scanFile(file(bytes), csv)).toMatchObject({
    digest: sha256(bytes),
    bytes: bytes.length,
    isGzip: true,
    lines: 3,
    records: 3,
    flaw: null,
  });
});

test.each([
  ['empty', ''],
  ['utf-16', Buffer.from('\uFEFFa,b', 'utf16le')],
  ['utf-16', Buffer.from('a,b', 'utf16le')],
  ['zip', Buffer.from([0x50, 0x4b, 3, 4, 0])],
  ['truncated-gzip', gzipSync('a,b\n1,2\n').subarray(0, -9)],
  ['damaged-gzip', gzipSync('a,b\n1,2\n').fill(0xff, 10, 14)],
  ['damaged-gzip', Buffer.concat([gzipSync('a,b\n1,2\n'), Buffer.alloc(4)])],
  ['damaged-gzip', Buffer.concat([gzipSync('a,b\n1,2\n'), Buffer.from('garbage')])],
  ['empty', gzipSync('')],
  ['unterminated-quote', 'a,b\n1,"2\n'],
  ['stray-quote', 'a,b\n1,"2\n3"4\n'],
  ['mixed-line-ends', 'a,b\r\n1,2\n'],
  ['carriage-returns', 'a,b\r1,2\r'],
  ['carriage-returns', 'a,b\n1,2\r3,4\n'],
  ['hidden-rows', 'a,b\n1,"2\n3,4"\n'],
  ['empty-columns', 'a,b\n1,2,\n'],
])('%s is a flaw of the file', async (kind, content) => {
  const scan = await scanFile(file(content), csv);
  expect(scan.flaw?.kind).toBe(kind);
  expect(scan.digest).toBe(sha256(content));
});

test('a binary file has neither lines nor records', async () => {
  expect(await scanFile(file('PAR1\n\n"'), null)).toMatchObject({ lines: 0, records: 0, flaw: null });
});

test('a file that grew since, or was written again, has changed', async () => {
  const path = file('a,b\n');
  const scan = await scanFile(path, csv);
  expect(await hasChanged(path, scan)).toBe(false);
  utimesSync(path, 1, 1);
  expect(await hasChanged(path, scan)).toBe(true);
});
