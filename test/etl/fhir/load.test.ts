import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { loadFhir } from '../../../etl/fhir/load.ts';
import type { ViewDefinition } from '../../../etl/fhir/view.ts';
import { rejectRuleNames } from '../../../etl/read/reject.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { emptyDatabase } from '../mapping/try-mapping.ts';

const view: ViewDefinition = {
  name: 'mine',
  resource: 'Patient',
  select: [
    { column: [{ name: 'id', path: 'id' }] },
    {
      forEachOrNull: 'name',
      column: [
        { name: 'use', path: 'use' },
        { name: 'given', path: 'given' },
      ],
    },
  ],
};

const load = async (content: string | Uint8Array, isGzip = false) => {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.ndjson');
  writeFileSync(file, content);
  const connection = await emptyDatabase();
  const result = await loadFhir({ file, isGzip, view, connection, table: 'read' });
  const { broken, rejects } = result;
  return {
    ...result,
    broken: [...broken],
    rejects: [...rejects.offsets].map((offset, i) => ({ offset, rule: rejectRuleNames[rejects.rules[i]!] })),
    rows: await readRows(connection, 'from read order by all'),
  };
};

const line = (more: object): string => JSON.stringify({ resourceType: 'Patient', id: 'p', ...more });

test('a resource makes none, one or many rows, numbered as its line', async () => {
  const text = `${line({ id: 'a', name: [{ use: 'x' }, { use: 'y', given: ['g'] }] })}\n\n${line({ id: 'b' })}\r\n`;
  const rows = [
    { _record: 1, id: 'a', use: 'x', given: null },
    { _record: 1, id: 'a', use: 'y', given: 'g' },
    { _record: 2, id: 'b', use: null, given: null },
  ];
  expect(await load(text)).toMatchObject({ lines: 2, others: 0, broken: [], rejects: [], rows });
  expect(await load(gzipSync(`\uFEFF${text.trimEnd()}`), true)).toMatchObject({ lines: 2, rows });
});

test('other resources are passed over, broken lines and misfits counted apart', async () => {
  const lines = [
    line({}),
    '{"resourceType":"Group","id":"g"}',
    '{"resourceType":"Patient"',
    '[]',
    '{"id":"no type"}',
    line({ name: [{ given: ['a', 'b'] }] }),
    '   ',
    line({ id: 'q' }),
  ];
  const { rows, ...counts } = await load(lines.join('\n'));
  // The misfit is the sixth line: after five lines and their line ends.
  const offset = lines.slice(0, 5).join('\n').length + 1;
  expect(counts).toEqual({ lines: 7, broken: [3, 4, 5, 6], rejects: [{ offset, rule: 'view-misfit' }], others: 1 });
  expect(rows.map(({ _record }) => _record)).toEqual([1, 7]);
});

test('bytes that are no UTF-8 are a rejected line', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${line({})}\n{"resourceType":"Patient","id":"`),
    Buffer.from([0xff]),
    Buffer.from('"}\n'),
  ]);
  expect(await load(bytes)).toMatchObject({
    lines: 1,
    rejects: [{ offset: line({}).length + 1, rule: 'bad-encoding' }],
  });
});

test('a line longer than a block of the file is whole', async () => {
  const long = 'x'.repeat(3 << 20);
  const { rows, lines } = await load(`${line({ id: long })}\n${line({ id: 'b' })}`);
  expect(lines).toBe(2);
  expect(rows.map(({ id }) => (id as string).length)).toEqual([long.length, 1]);
});
