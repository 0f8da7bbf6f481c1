import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysAsked,
  firstWhole,
  isFilling,
  lastFullMonth,
  nextPeriod,
  periodFrom,
  periodOfDays,
  periodsBetween,
  readPeriod,
  spanOf,
  type Period,
} from '../../../dashboard/data/period.ts';

const monthEnd = { asOf: '2026-09-01T00:00:00Z', completeThrough: '2026-08-31' };

test('24 months up to the last complete one, when the extracts end with a month', () => {
  expect(spanOf({ kind: 'last', months: 24 }, monthEnd)).toEqual({
    from: '2024-09-01',
    to: '2026-09-01',
    through: '2026-08-31',
    isEndChosen: false,
  });
});

test('the month still filling up is taken in when the extracts reach into it', () => {
  const reach = { asOf: '2026-09-14T06:00:00Z', completeThrough: '2026-09-12' };
  expect(spanOf({ kind: 'last', months: 24 }, reach)).toEqual({
    from: '2024-09-01',
    to: '2026-10-01',
    through: '2026-08-31',
    isEndChosen: false,
  });
});

test('a source that lags moves the last complete month back, and the months after stay in sight', () => {
  const reach = { asOf: '2026-09-01T00:00:00Z', completeThrough: '2026-07-30' };
  expect(spanOf({ kind: 'last', months: 2 }, reach)).toEqual({
    from: '2026-05-01',
    to: '2026-09-01',
    through: '2026-06-30',
    isEndChosen: false,
  });
});

test('months by name include both ends', () => {
  const span = spanOf({ kind: 'between', from: '2025-01', to: '2025-12' }, monthEnd);
  expect(span).toEqual({ from: '2025-01-01', to: '2026-01-01', through: '2025-12-31', isEndChosen: true });
});

test('days by name include both ends, and are complete as far as the data are', () => {
  const reach = { asOf: '2026-09-14T06:00:00Z', completeThrough: '2026-09-12' };
  const span = spanOf({ kind: 'between', from: '2026-09-07', to: '2026-09-20' }, reach);
  expect(span).toEqual({ from: '2026-09-07', to: '2026-09-21', through: '2026-09-12', isEndChosen: true });
  expect(daysAsked(span, null)).toEqual({ from: '2026-09-07', to: '2026-09-13' });
  expect(daysAsked(span, 'week')).toEqual({ from: '2026-09-07', to: '2026-09-21' });
});

test.each([
  ['24m', { kind: 'last', months: 24 }, true],
  ['2025-01..2025-12', { kind: 'between', from: '2025-01', to: '2025-12' }, true],
  ['2024-02-29..2024-02-29', { kind: 'between', from: '2024-02-29', to: '2024-02-29' }, false],
])('%s is read, days only where they are wanted', (text, period, isOfMonths) => {
  expect(readPeriod(text, 'day')).toEqual(period);
  expect(readPeriod(text)).toEqual(isOfMonths ? period : null);
});

test.each(['2025-02-29..2025-03-01', '2025-03-02..2025-03-01', '2025-03..2025-03-01', '1899-12-31..1900-01-01', '0m'])(
  '%s is no period',
  (text) => expect(readPeriod(text, 'day')).toBeNull(),
);

test('days that are whole months are a period of months', () => {
  expect(periodOfDays('2025-01-01', '2025-02-28')).toEqual({ kind: 'between', from: '2025-01', to: '2025-02' });
  expect(periodOfDays('2025-01-01', '2025-02-27')).toEqual({ kind: 'between', from: '2025-01-01', to: '2025-02-27' });
  expect(periodOfDays('2025-01-02', '2025-02-28')).toEqual({ kind: 'between', from: '2025-01-02', to: '2025-02-28' });
});

test.each([
  ['quarter', '2025-01-01', '2025-07-01', '2025-01', '2025-09'],
  ['year', '2024-01-01', '2025-01-01', '2024-01', '2025-12'],
  ['month', '2025-02-01', '2025-02-01', '2025-02', '2025-02'],
  ['week', '2025-02-03', '2025-02-10', '2025-02-03', '2025-02-16'],
  ['day', '2025-02-03', '2025-02-04', '2025-02-03', '2025-02-04'],
])('marked from one %s to another the period holds both whole', (grain, first, last, from, to) => {
  expect(periodFrom(first, last, grain)).toEqual({ kind: 'between', from, to });
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
  expect(firstWhole('2024-10-02', 'month')).toBe('2024-11-01');
  expect(firstWhole('2024-10-02', 'quarter')).toBe('2025-01-01');
  expect(firstWhole('2024-10-02', 'day')).toBe('2024-10-02');
});

const asked = (period: Period, grain: string) => daysAsked(spanOf(period, monthEnd), grain);

test('so is one cut by an end that was chosen; where the data end it is still filling up, and stays', () => {
  const between = (from: string, to: string): Period => ({ kind: 'between', from, to });
  expect(asked(between('2025-01', '2025-11'), 'quarter')).toEqual({ from: '2025-01-01', to: '2025-10-01' });
  expect(asked(between('2025-01', '2025-12'), 'quarter')).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  expect(asked(between('2025-02', '2025-12'), 'week')).toEqual({ from: '2025-02-03', to: '2025-12-29' });
  expect(asked(between('2025-02-03', '2025-02-16'), 'week')).toEqual({ from: '2025-02-03', to: '2025-02-17' });
  expect(asked(between('2025-02-04', '2025-02-15'), 'day')).toEqual({ from: '2025-02-04', to: '2025-02-16' });
  expect(asked({ kind: 'last', months: 6 }, 'year')).toEqual({ from: '2026-03-01', to: '2026-09-01' });
  expect(asked({ kind: 'last', months: 8 }, 'quarter')).toEqual({ from: '2026-01-01', to: '2026-09-01' });
});

test('where no period is whole all of the span is asked for', () => {
  const short: Period = { kind: 'between', from: '2025-02-04', to: '2025-02-09' };
  expect(asked(short, 'week')).toEqual({ from: '2025-02-04', to: '2025-02-10' });
  expect(asked({ ...short, from: '2025-01-15', to: '2025-02-15' }, 'month')).toEqual({
    from: '2025-01-15',
    to: '2025-02-16',
  });
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
