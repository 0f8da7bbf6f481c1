import { expect, test } from 'vitest';
import { groupRows } from '../../../dashboard/data/group-row.ts';
import { aCatalogue, aMetric, anAnswer, aRow } from '../support.ts';

const metric = aMetric();
const row = (coder: string | null, period: string, value: number | null) =>
  aRow({ group: { coder }, period, value, lower: value === null ? null : value - 0.01, upper: value === null ? null : value + 0.01, n: 30 });

test('the one that moved the wrong way furthest comes first, and quarters filling up do not count', () => {
  const answer = anAnswer(
    [
      row('c1', '2026-01-01', 0.95), row('c1', '2026-04-01', 0.955), row('c1', '2026-07-01', 0.1),
      row('c2', '2026-01-01', 0.96), row('c2', '2026-04-01', 0.9),
      row(null, '2026-04-01', 0.93),
    ],
    ['coder'],
  );
  const rows = groupRows(aCatalogue([metric]), metric, answer, 'quarter', '2026-08-31');
  expect(rows.map(({ label, value, meaning }) => [label, value, meaning])).toEqual([
    ['Coder 2', 0.9, 'concern'],
    ['not recorded', 0.93, 'unknown'],
    ['Coder 1', 0.955, 'common'],
  ]);
  expect(rows[0]?.change).toBeCloseTo(0.9 - 0.96);
  expect(rows[1]?.history.map((point) => point.value)).toEqual([null, 0.93, null]);
});
