import { expect, test } from 'vitest';
import { indicatorOf, meaningOf, usualMove } from '../../../dashboard/data/indicator.ts';
import { aMetric, anAnswer, aRow, aStanding } from '../support.ts';

test('the latest value is that of the last complete month which has one', () => {
  const answer = anAnswer([
    aRow({ period: '2026-09-01', value: 0.5 }),
    aRow({ period: '2026-07-01', value: 0.94 }),
    aRow({ period: '2026-08-01', value: null }),
    aRow({ metric: 'other', period: '2026-08-01', value: 0.1 }),
  ]);
  const indicator = indicatorOf(aMetric(), answer, 'month', '2026-08-31');
  expect(indicator.latest?.period).toBe('2026-07-01');
  expect(indicator.history).toEqual([
    { period: '2026-07-01', value: 0.94, filling: false },
    { period: '2026-08-01', value: null, filling: false },
    { period: '2026-09-01', value: 0.5, filling: true },
  ]);
});

test('its target is the one it was judged by', () => {
  const standing = aStanding({ target: 0.9, label: 'ours', citation: 'Plan 4' });
  const answer = anAnswer([aRow({ period: '2026-08-01', value: 0.94 })]);
  const indicator = indicatorOf(aMetric(), answer, 'month', '2026-08-31', standing);
  expect(indicator.metric.target).toEqual({ value: 0.9, label: 'ours', citation: 'Plan 4', direction: 'at_least' });
  expect(indicator.standing).toBe(standing);
  expect(indicatorOf(aMetric(), answer, 'month', '2026-08-31')).toMatchObject({
    metric: { target: { value: 0.95 } },
    standing: null,
  });
});

test('a change counts only when the earlier value lies outside the interval', () => {
  const row = aRow({ value: 0.9, lower: 0.88, upper: 0.92, compareValue: 0.92, change: -0.02 });
  expect(meaningOf(aMetric(), row, [])).toBe('common');
  expect(meaningOf(aMetric(), { ...row, compareValue: 0.921, change: -0.021 }, [])).toBe('concern');
  expect(meaningOf(aMetric({ better: 'lower' }), { ...row, compareValue: 0.921, change: -0.021 }, [])).toBe(
    'improvement',
  );
});

test('without an interval the series itself says what is usual', () => {
  // Moves of 1, 1, 1, 1, 1, 1: the median is 1.
  const history = [10, 11, 10, 11, 10, 11, 10];
  expect(usualMove(history)).toBeCloseTo(3.145 * 1);
  const metric = aMetric({ unit: 'count', better: 'lower' });
  const row = (change: number) => aRow({ value: 10 + change, compareValue: 10, change });
  expect(meaningOf(metric, row(3.1), history)).toBe('common');
  expect(meaningOf(metric, row(3.2), history)).toBe('concern');
  expect(meaningOf(metric, row(-3.2), history)).toBe('improvement');
});

test('too few moves say nothing', () => {
  expect(usualMove([1, 2, 3, 4, 5, 6])).toBeNull();
  expect(meaningOf(aMetric(), aRow({ value: 9, compareValue: 1, change: 8 }), [1, 9])).toBe('common');
});
