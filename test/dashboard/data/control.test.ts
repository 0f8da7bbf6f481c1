import { expect, test } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import { areShares, controlled } from '../../../dashboard/data/control.ts';

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
