import { expect, test } from 'vitest';
import type { ColumnTable } from '../../../warehouse/query/column-table.ts';
import { tableToCsv, tableToRows } from '../../../warehouse/query/text-formats.ts';

const table: ColumnTable = {
  rows: 4,
  columns: [
    {
      name: 'a text',
      kind: 'text',
      codes: Uint8Array.of(0, 1, 2, 0),
      dictionary: ['', 'say "x", y', 'line\nbreak'],
      validity: Uint8Array.of(0b0111),
    },
    { name: 'number', kind: 'number', values: Float64Array.of(0.1, -3, Infinity, 0), validity: null },
    { name: 'day', kind: 'date', values: Float64Array.of(0, -86_400_000, 0, NaN), validity: Uint8Array.of(0b0111) },
  ],
};

test('CSV quotes what must be quoted and keeps the empty text apart from unknown', () => {
  expect(tableToCsv(table)).toBe(
    [
      'a text,number,day',
      '"",0.1,1970-01-01',
      '"say ""x"", y",-3,1969-12-31',
      '"line\nbreak",,1970-01-01',
      ',0,',
      '',
    ].join('\r\n'),
  );
});

test('JSON has no infinity and no NaN', () => {
  expect(tableToRows(table)[2]).toEqual({ 'a text': 'line\nbreak', number: null, day: '1970-01-01' });
  expect(tableToRows(table)[3]).toEqual({ 'a text': null, number: 0, day: null });
});
