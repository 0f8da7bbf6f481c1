import { expect, test } from 'vitest';
import { fillingUp, monthByAge, sourceByDay, type Arrival } from '../../../dashboard/data/arrival.ts';

const came = (source: string, month: string | null, arrivedOn: string, rows: number): Arrival => ({
  ...{ source, contract: 'encounter', month, arrivedOn, rows },
});

test('sources by day: 31 days up to the latest arrival, added up over contracts and months', () => {
  const grid = sourceByDay([
    came('b', '2026-08-01', '2026-09-02', 3),
    came('b', '2026-07-01', '2026-09-02', 4),
    came('a', null, '2026-08-03', 5),
    came('a', '2026-07-01', '2026-08-02', 6),
  ]);
  expect([grid.rows, grid.columns.length, grid.columns[0], grid.columns.at(-1)]).toEqual([
    ['a', 'b'],
    31,
    '3 Aug',
    '2 Sep',
  ]);
  expect(grid.cells.map(({ row, column, value }) => [row, column, value])).toEqual([
    ['a', '3 Aug', 5],
    ['b', '2 Sep', 3 + 4],
  ]);
  expect(sourceByDay([])).toEqual({ rows: [], columns: [], cells: [] });
});

test('months by age: the latest first, twelve months and more together, rows without a date left out', () => {
  const grid = monthByAge([
    came('a', '2026-08-01', '2026-08-31', 10),
    came('a', '2026-08-01', '2026-09-01', 2),
    came('a', '2025-08-01', '2026-08-01', 1),
    came('a', '2025-08-01', '2026-09-01', 1),
    came('a', null, '2026-09-01', 7),
    // A row of the future is as young as can be.
    came('a', '2026-10-01', '2026-09-01', 1),
  ]);
  expect([grid.rows, grid.columns.at(0), grid.columns.at(-1)]).toEqual([
    ['Oct 2026', 'Aug 2026', 'Aug 2025'],
    '0',
    '12+',
  ]);
  expect(grid.cells.map(({ row, column, value }) => [row, column, value])).toEqual([
    ['Oct 2026', '0', 1],
    ['Aug 2026', '0', 10],
    ['Aug 2026', '1', 2],
    ['Aug 2025', '12+', 1 + 1],
  ]);
});

test('what is usually in at a month’s age is told by at least three months that filled up over time', () => {
  const month = (i: number) => new Date(Date.UTC(2025, i, 1)).toISOString().slice(0, 10);
  /** 90 rows in the month itself, 10 in the next. */
  const filled = (i: number) => [came('a', month(i), month(i), 90), came('a', month(i), month(i + 1), 10)];
  const latest = came('a', '2026-08-01', '2026-08-31', 45);
  expect(fillingUp([...[0, 1, 2].flatMap(filled), latest]).at(-1)).toEqual({
    ...{ source: 'a', month: '2026-08-01', rows: 45 },
    share: 90 / (90 + 10),
  });
  expect(fillingUp([...[0, 1].flatMap(filled), latest]).at(-1)?.share).toBeNull();
  // Months that came in one piece say nothing of how months fill up.
  const whole = [0, 1, 2].map((i) => came('a', month(i), '2026-08-31', 100));
  expect(fillingUp([...whole, latest]).at(-1)?.share).toBeNull();
});
