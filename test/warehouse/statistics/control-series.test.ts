import { expect, test } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import { areShares, controlled } from '../../../warehouse/statistics/control-series.ts';

const row = (numerator: number | null, denominator: number | null): Row => ({
  ...{ metric: 'm', period: '2026-01-01', group: {}, lower: null, upper: null, n: denominator, suppressed: false },
  ...{ numerator, denominator, compareValue: null, change: null },
  value: numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator,
});

test('rows are shares where every part is within its whole', () => {
  expect(areShares('share', [row(0, 4), row(4, 4), row(null, null)])).toBe(true);
  expect(areShares('share', [row(5, 4)])).toBe(false);
  expect(areShares('share', [row(-1, 4)])).toBe(false);
  expect(areShares('share', [row(1, null)])).toBe(false);
  expect(areShares('share', [row(0, 0)])).toBe(false);
  expect(areShares('days', [row(1, 4)])).toBe(false);
});

test('Making Data Count asks for XmR; the others take p′ of shares and XmR of all else', () => {
  const rows = [row(8, 10), row(9, 10), row(7, 10)];
  expect(controlled('share', rows, 'making-data-count').chart).toBe('XmR');
  expect(controlled('share', rows, 'anhoej').chart).toBe('p′');
  expect(controlled('days', rows, 'anhoej').chart).toBe('XmR');
  // mean 0.8; moving ranges 0.1 and 0.2, mean 0.15; limits 2.66 of them away
  const [first] = controlled('share', rows, 'making-data-count').points;
  expect(first?.centre).toBeCloseTo(0.8, 12);
  expect(first?.upper).toBeCloseTo(0.8 + 2.66 * 0.15, 12);
});

const months = Array.from(
  { length: 20 },
  (_, i) => `20${25 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
);
const daysRow = (value: number, i: number): Row => ({ ...row(null, null), period: months[i] ?? '', value });
/** Ten around 4, then ten around 8. */
const jumped = [4, 5, 4, 3, 4, 5, 4, 3, 4, 4, 8, 9, 8, 7, 8, 9, 8, 7, 8, 8].map(daysRow);

test('without a recorded rebase limits stay as they are, however far the process moved', () => {
  const { points, starts } = controlled('days', jumped, 'making-data-count');
  expect(starts).toEqual([]);
  expect(new Set(points.map(({ centre }) => centre)).size).toBe(1);
});

test.each(['making-data-count', 'anhoej', 'western-electric'] as const)(
  'from a rebase on %s has limits of those points alone, and those before keep theirs',
  (rules) => {
    const { points, starts } = controlled('days', jumped, rules, ['2025-11-01']);
    expect(starts).toEqual([10]);
    const [before, after] = [jumped.slice(0, 10), jumped.slice(10)].map(
      (part) => controlled('days', part, rules).points,
    );
    expect(points).toEqual([...before!, ...after!]);
    // (4 + 5 + 4 + 3 + 4 + 5 + 4 + 3 + 4 + 4) / 10, and twice four more
    expect([points[0]?.centre, points[19]?.centre]).toEqual([4, 8]);
  },
);

test('p′ is rebased too', () => {
  const shares = jumped.map((one, i) => ({ ...row((one.value ?? 0) * 10, 100 + i), period: one.period }));
  const { chart, points } = controlled('share', shares, 'anhoej', ['2025-11-01']);
  expect(chart).toBe('p′');
  expect(points.slice(10)).toEqual(controlled('share', shares.slice(10), 'anhoej').points);
});

test('a part with fewer values than limits need has none, and says so by null', () => {
  const { points } = controlled('days', jumped, 'making-data-count', ['2026-02-01']);
  expect(points.slice(13).map(({ centre, upper, value }) => [centre, upper, value !== null])).toEqual(
    Array.from({ length: 7 }, () => [null, null, true]),
  );
  expect(points[12]?.centre).not.toBeNull();
  expect(controlled('days', jumped, 'making-data-count', ['2026-01-01']).points[19]?.centre).not.toBeNull();
});
