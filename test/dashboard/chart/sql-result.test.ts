import { expect, test } from 'vitest';
import { sqlResultChart } from '../../../dashboard/chart/sql-result.ts';
import { chartShape, type SqlCell, type SqlKind, type SqlResult } from '../../../dashboard/data/sql-result.ts';

const resultOf = (
  ...columns: readonly (readonly [name: string, kind: SqlKind, values: readonly SqlCell[]])[]
): SqlResult => ({
  ...{ release: 'r1', more: false, rows: columns[0]![2].length, bytes: new Uint8Array() },
  columns: columns.map(([name, kind, values]) => ({ name, kind, at: (row) => values[row] ?? null })),
});
const drawn = (result: SqlResult) => sqlResultChart(result, chartShape(result)!, 600);

test('over time the points stand in order of time, whatever order SQL gave; what is not known is left out', () => {
  const { spots, table } = drawn(
    resultOf(['day', 'date', ['2026-03-02', null, '2026-03-01']], ['n', 'number', [2, 5, 0]]),
  );
  expect(spots.map(({ words }) => words)).toEqual(['2026-03-01: 0', '2026-03-02: 2']);
  expect(table.rows.map((row) => row.map(({ raw }) => raw))).toEqual([
    ['2026-03-02', 2],
    ['2026-03-01', 0],
  ]);
});

test('by name each row has a bar of its own, two of one name too', () => {
  const { spots } = drawn(resultOf(['a', 'text', ['x', 'x', 'y']], ['n', 'number', [1, 2.5, null]]));
  expect(spots.map(({ y, words }) => [y, words])).toEqual([
    ['x', 'x: 1'],
    ['x (row 2)', 'x (row 2): 2.5'],
  ]);
});
