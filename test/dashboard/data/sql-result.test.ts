import { tableFromArrays, tableToIPC, Schema, Table } from 'apache-arrow';
import { expect, test } from 'vitest';
import { cellText, chartShape, mostBars, readSqlResult, sqlFile } from '../../../dashboard/data/sql-result.ts';

/** What the server sends: columns by position, their kinds in the metadata. */
const sent = (columns: Readonly<Record<string, readonly [kind: string, values: readonly unknown[]]>>, more = false) => {
  const plain = tableFromArrays(
    Object.fromEntries(Object.entries(columns).map(([name, [, values]]) => [name, values as unknown[]])),
  );
  const kinds = Object.entries(columns).map(([name, [kind]]) => ({ name, kind }));
  const metadata = new Map([
    ['release', 'r1'],
    ['more', String(more)],
    ['columns', JSON.stringify(kinds)],
  ]);
  const schema = new Schema(plain.schema.fields, metadata);
  return readSqlResult(new Uint8Array(tableToIPC(new Table(schema, plain.batches), 'stream')));
};

const day = Date.UTC(2026, 2, 8);

test('cells come out by the kind of their column; null stays null', () => {
  const result = sent({
    name: ['text', ['a', null]],
    n: ['number', [0, null]],
    on: ['date', [day, null]],
    at: ['timestamp', [day + 3_600_000, null]],
    is: ['boolean', [false, null]],
  });
  expect(result).toMatchObject({ release: 'r1', more: false, rows: 2 });
  expect(result.columns.map((column) => column.at(0))).toEqual(['a', 0, '2026-03-08', '2026-03-08 01:00:00', false]);
  expect(result.columns.map((column) => column.at(1))).toEqual([null, null, null, null, null]);
  expect(sent({ n: ['number', [1]] }, true).more).toBe(true);
});

test.each([
  [null, '–'],
  [0, '0'],
  [1234567.25, '1234567.25'],
  [0.1, '0.1'],
  ['', ''],
  [false, 'false'],
])('%j is shown as %s: never rounded', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test('a result is drawn over time before by name, and not at all without a number or with too many names', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  const shape = (columns: Parameters<typeof sent>[0]) => {
    const found = chartShape(sent(columns));
    return found && [found.kind, found.x.name, found.y.name];
  };
  expect(shape({ a: ['text', ['x', 'y']], d: ['date', [day, day]], n: ['number', [1, 2]] })).toEqual([
    'over-time',
    'd',
    'n',
  ]);
  expect(shape({ n: ['number', [1, 2]], a: ['text', ['x', 'y']] })).toEqual(['by-name', 'a', 'n']);
  expect(shape({ a: ['text', names(mostBars)], n: ['number', numbers(mostBars)] })).not.toBeNull();
  expect(shape({ a: ['text', names(mostBars + 1)], n: ['number', numbers(mostBars + 1)] })).toBeNull();
  expect(shape({ a: ['text', ['x']], n: ['number', [1]] })).toBeNull();
  expect(shape({ a: ['text', ['x', 'y']] })).toBeNull();
  expect(shape({ n: ['number', [1, 2]] })).toBeNull();
});

test('a file holds the very rows on show: nothing rounded, nothing run as a formula, null empty or null', () => {
  const result = sent(
    {
      name: ['text', ['=1+1', null]],
      n: ['number', [0.1, null]],
      is: ['boolean', [false, true]],
      on: ['date', [day, null]],
    },
    true,
  );
  expect(sqlFile(result, 'csv')).toBe("name,n,is,on\r\n'=1+1,0.1,false,2026-03-08\r\n,,true,\r\n");
  expect(JSON.parse(sqlFile(result, 'json') as string)).toEqual({
    ...{ release: 'r1', more: true },
    rows: [
      { name: '=1+1', n: 0.1, is: false, on: '2026-03-08' },
      { name: null, n: null, is: true, on: null },
    ],
  });
  expect(readSqlResult(sqlFile(result, 'arrow') as Uint8Array<ArrayBuffer>).rows).toBe(2);
});
