import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readLayout } from '../../../etl/read/layout.ts';
import { Landing } from '../../support/landing.ts';

const layout = (more = ''): string => `columns:
  - { name: charge_event_id, start: 1, length: 6 }
  - { name: encounter_id, start: 7, length: 6 }
  - { name: posted_ts, start: 15, length: 10 }
  - { name: amount_cents, start: 25, length: 8 }
${more}`;
const line = (id: string, encounter: string, cents: string): string =>
  `${id.padEnd(6)}${encounter.padEnd(6)}##2026-01-05${cents.padEnd(8)}`;
const good = [line('c1', 'é1', '100'), line('c2', ' e2', '-5')];

const charges = (file = layout()): Landing => {
  const landing = new Landing({ format: 'fixed-width', contract: 'charge_event' });
  Object.assign(landing.source, { layout: landing.write('layout/charge.yaml', file) });
  return landing;
};
const rows = (landing: Landing) =>
  landing.raw(
    'select charge_event_id as id, encounter_id as e, amount_cents as cents, record from raw.charge_event order by record',
  );

test('columns are cut by characters; blanks behind a value go, those before it stay, filler is not read', async () => {
  const landing = charges();
  landing.write('extract/a.txt', `\uFEFF${good.join('\r\n')}\r\n\r\n`);
  expect(await landing.runOne()).toMatchObject({ status: 'landed', files: [{ lines: 3, records: 2 }] });
  expect(await rows(landing)).toEqual([
    { id: 'c1', e: 'é1', cents: 100, record: 1 },
    { id: 'c2', e: ' e2', cents: -5, record: 2 },
  ]);
});

test('a line of another length is refused by its number, a torn last one too', async () => {
  const landing = charges();
  const lines = [good[0]!, `${good[1]!} `, '', good[1]!.replace('##', '#\t'), line('c4', 'e4', '7').slice(0, -1)];
  landing.write('extract/a.txt.gz', gzipSync(lines.join('\n')));
  const report = await landing.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    rejected: 2,
    files: [{ lines: 5, records: 4 }],
    contracts: [{ mapped: 2, accepted: 2 }],
    reasons: [{ rule: 'record-length', count: 2, line: 2 }],
  });
  expect(await landing.quarantine('line, rule, raw_text')).toEqual([
    { line: 2, rule: ['record-length'], raw_text: lines[1] },
    { line: 5, rule: ['record-length'], raw_text: lines[4] },
  ]);
  expect((await rows(landing)).map(({ record }) => record)).toEqual([1, 3]);
});

test('lines passed over are no records, and filler to the end belongs to the record', async () => {
  const landing = charges(layout('skip_lines: 2\nrecord_length: 34\n'));
  landing.write('extract/a.txt', ['A HEADING', '', ...good.map((one) => `${one}xx`), 'short', ''].join('\n'));
  expect(await landing.runOne()).toMatchObject({
    status: 'landed',
    files: [{ lines: 5, records: 3 }],
    contracts: [{ accepted: 2 }],
    reasons: [{ rule: 'record-length', line: 5 }],
  });
  expect((await rows(landing)).map(({ record }) => record)).toEqual([1, 2]);
});

test.each(['utf-16le', 'windows-1252'])('%s is read where the layout says so', async (encoding) => {
  const landing = charges(layout(`encoding: ${encoding}\n`));
  landing.write(
    'extract/a.txt',
    Buffer.from(`${good.join('\n')}\nshort\n`, encoding === 'utf-16le' ? 'utf16le' : 'latin1'),
  );
  expect(await landing.runOne()).toMatchObject({ status: 'landed', reasons: [{ rule: 'record-length', line: 3 }] });
  expect((await rows(landing))[0]).toMatchObject({ e: 'é1' });
  const width = encoding === 'utf-16le' ? 2 : 1;
  expect(await landing.quarantine('byte_position, raw_text')).toEqual([
    { byte_position: 66 * width, raw_text: 'short' },
  ]);
});

test('bytes that are not of the encoding refuse their line alone', async () => {
  const landing = charges();
  landing.write('extract/a.txt', Buffer.from([...good, ''].join('\n'), 'latin1'));
  expect(await landing.runOne()).toMatchObject({ status: 'landed', reasons: [{ rule: 'bad-encoding', line: 1 }] });
});

test('another layout makes another batch of the same bytes', async () => {
  const landing = charges();
  landing.write('extract/a.txt', good.join('\n'));
  const { batch } = await landing.runOne();
  landing.write('layout/charge.yaml', layout('# a remark\n'));
  expect(await landing.runOne()).toMatchObject({ status: 'unchanged' });
  landing.write('layout/charge.yaml', layout().replace('start: 25, length: 8', 'start: 26, length: 7'));
  expect(await landing.runOne()).toMatchObject({ status: 'landed', supersedes: [batch] });
});

test('a column of the layout that nobody declared holds the file', async () => {
  const landing = charges(layout().replace('encounter_id', 'patient_name'));
  landing.write('extract/a.txt', good.join('\n'));
  expect((await landing.runOne()).message).toMatch(
    'extract/a.txt is held by rule undeclared-column: undeclared `patient_name`',
  );
});

test.each([
  ['columns: []', 'charge.yaml:1 `columns`: must NOT have fewer than 1 items'],
  [layout().replace('start: 7', 'start: 0'), 'charge.yaml:3 `columns[1].start`: must be >= 1'],
  [layout().replace('start: 7', 'start: 6'), '`encounter_id` overlaps `charge_event_id`'],
  [layout().replace('encounter_id', 'Charge_event_id'), '`Charge_event_id` is there already'],
  [layout('record_length: 31\n'), '`amount_cents` ends at 32, behind record_length 31'],
  [layout('width: 31\n'), 'charge.yaml:6 `width`: unknown key'],
])('a layout that cannot be is refused by line and key', (text, says) => {
  const landing = charges(text);
  expect(() => readLayout(landing.source.layout!)).toThrow(says);
});
