import { expect, test } from 'vitest';
import { mostCells, tooLong } from '../../../dashboard/report/table-workbook.ts';
import type { ColumnTable } from '../../../warehouse/query/column-table.ts';

const table = (rows: number, columns: number): Pick<ColumnTable, 'rows' | 'columns'> => ({
  rows,
  columns: Array.from({ length: columns }, (_, i) => ({
    ...{ name: `c${i}`, kind: 'boolean' as const, values: new Uint8Array(), validity: null },
  })),
});

test('no more cells than a workbook is made of, and no more rows than a sheet holds', () => {
  expect(tooLong(table(mostCells / 10, 10))).toBeNull();
  expect(tooLong(table(mostCells / 10 + 1, 10))).toMatch(/at most 500,000 cells and this answer has 500,010.*Parquet/);
  expect(tooLong(table(1_048_576, 0))).toMatch(/holds 1,048,575 rows and this answer has 1,048,576/);
});
