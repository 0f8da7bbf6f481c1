import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  firstWhole,
  isFilling,
  lastFullMonth,
  nextPeriod,
  periodsBetween,
  spanOf,
} from '../../../dashboard/data/period.ts';

const monthEnd = { asOf: '2026-09-01T00:00:00Z', completeThrough: '2026-08-31' };

test('24 months up to the last complete one, when the extracts end with a month', () => {
  expect(spanOf({ kind: 'last', months: 24 }, monthEnd)).toEqual({
    from: '2024-09-01',
    to: '2026-09-01',
    latest: '2026-08-01',
  });
});

test('the month still filling up is taken in when the extracts reach into it', () => {
  const reach = { asOf: '2026-09-14T06:00:00Z', completeThrough: '2026-09-12' };
  expect(spanOf({ kind: 'last', months: 24 }, reach)).toEqual({
    from: '2024-09-01',
    to: '2026-10-01',
    latest: '2026-08-01',
  });
});

test('a source that lags moves the last complete month back, and the months after stay in sight', () => {
  const reach = { asOf: '2026-09-01T00:00:00Z', completeThrough: '2026-07-30' };
  expect(spanOf({ kind: 'last', months: 2 }, reach)).toEqual({
    from: '2026-05-01',
    to: '2026-09-01',
    latest: '2026-06-01',
  });
});

test('months by name include both ends', () => {
  const span = spanOf({ kind: 'between', from: '2025-01', to: '2025-12' }, monthEnd);
  expect(span).toEqual({ from: '2025-01-01', to: '2026-01-01', latest: '2025-12-01' });
});

test('without a word on completeness the day before the extracts counts as complete', () => {
  expect(lastFullMonth({ asOf: '2026-09-01', completeThrough: null })).toBe('2026-08-01');
  expect(lastFullMonth({ asOf: '2026-08-31', completeThrough: null })).toBe('2026-07-01');
});

test.each([
  ['2026-08-01', 'month', '2026-08-31', false],
  ['2026-08-01', 'month', '2026-08-30', true],
  ['2026-07-01', 'quarter', '2026-08-31', true],
  ['2026-01-01', 'year', '2026-12-31', false],
  ['2026-08-24', 'week', '2026-08-30', false],
  ['2026-08-24', 'week', '2026-08-29', true],
])('%s by %s, complete through %s: filling is %s', (start, grain, through, filling) => {
  expect(isFilling(start, grain, through)).toBe(filling);
});

test('calendar steps cross years and leap days', () => {
  expect(addMonths('2025-01-31', -1)).toBe('2024-12-01');
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(nextPeriod('2025-10-01', 'quarter')).toBe('2026-01-01');
});

test('a period cut by the edge of the span is left out', () => {
  expect(firstWhole('2024-09-01', 'quarter')).toBe('2024-10-01');
  expect(firstWhole('2024-10-01', 'quarter')).toBe('2024-10-01');
  expect(firstWhole('2024-09-01', 'year')).toBe('2025-01-01');
  expect(firstWhole('2024-09-01', 'month')).toBe('2024-09-01');
  // 1 September 2024 is a Sunday, the second a Monday.
  expect(firstWhole('2024-09-01', 'week')).toBe('2024-09-02');
  expect(firstWhole('2024-09-02', 'week')).toBe('2024-09-02');
});

test('periods between the first and the last, those without a row among them', () => {
  expect(periodsBetween(['2024-03-01', '2023-12-01'], 'month')).toEqual([
    '2023-12-01',
    '2024-01-01',
    '2024-02-01',
    '2024-03-01',
  ]);
  expect(periodsBetween(['2021-01-01'], 'year')).toEqual(['2021-01-01']);
  expect(periodsBetween([], 'year')).toEqual([]);
});
