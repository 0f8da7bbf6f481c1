import { expect, test } from 'vitest';
import { groupRows } from '../../../dashboard/data/group-row.ts';
import { aCatalogue, aMetric, anAnswer, aRow } from '../support.ts';

const metric = aMetric();
const quarters = ['2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01'];
const rowsOf = (coder: string | null, values: readonly (number | null)[]) =>
  values.map((value, index) => {
    const [lower, upper] = value === null ? [null, null] : [value - 0.01, value + 0.01];
    return aRow({ group: { coder }, period: quarters[index] ?? null, value, lower, upper, n: 30 });
  });

test('the one that most surely falls comes first, and quarters filling up do not count', () => {
  const answer = anAnswer(
    [
      ...rowsOf('c1', [0.95, 0.94, 0.955, 0.1]),
      ...rowsOf('c2', [0.97, 0.93, 0.9]),
      ...rowsOf(null, [null, null, 0.93]),
    ],
    ['coder'],
  );
  const rows = groupRows(aCatalogue([metric]), metric, answer, 'quarter', '2026-08-31');
  expect(rows.map(({ label, value, meaning }) => [label, value, meaning])).toEqual([
    ['Coder 2', 0.9, 'concern'],
    ['not recorded', 0.93, 'common'],
    ['Coder 1', 0.955, 'common'],
  ]);
  // Slope (0.9 − 0.97) / 2 a quarter, its half width 0.01 / √2.
  expect(rows[0]?.steepness).toBeCloseTo((0.9 - 0.97) / 2 / (0.01 / Math.sqrt(2)));
  expect(rows[0]?.change).toBeCloseTo(0.9 - 0.97);
  expect(rows[1]?.history.map((point) => point.value)).toEqual([null, null, 0.93, null]);
});
