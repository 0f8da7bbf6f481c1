import { expect, test } from 'vitest';
import { tickWords, ticksOf, timeAxis } from '../../../dashboard/chart/time-axis.ts';
import { periodsBetween } from '../../../dashboard/data/period.ts';
import { seeded } from '../../support/seeded.ts';

test('weeks get their ticks on Mondays, as their points do', () => {
  const weeks = periodsBetween(['2026-01-05', '2026-04-06'], 'week');
  expect(ticksOf(weeks, 'week', 14)).toEqual(weeks);
  expect(ticksOf(weeks, 'week', 7)).toEqual(weeks.filter((_, i) => i % 2 === 0));
  expect(tickWords(ticksOf(weeks, 'week', 4), 'week')).toEqual(['5\nJan 2026', '2\nFeb 2026', '2\nMar 2026', '30']);
});

test('months, quarters and years are counted from round ones', () => {
  const months = periodsBetween(['2024-09-01', '2026-08-01'], 'month');
  expect(ticksOf(months, 'month', 12)[0]).toBe('2024-10-01');
  expect(tickWords(ticksOf(months, 'month', 12), 'month')).toEqual([
    ...['Oct\n2024', 'Jan\n2025', 'Apr', 'Jul', 'Oct', 'Jan\n2026', 'Apr', 'Jul'],
  ]);
  const quarters = periodsBetween(['2025-01-01', '2025-07-01'], 'quarter');
  expect(tickWords(ticksOf(quarters, 'quarter', 10), 'quarter')).toEqual(['Q1\n2025', 'Q2', 'Q3']);
  expect(ticksOf(['1994-01-01', '2023-01-01'], 'year', 6)).toEqual([
    ...['1995-01-01', '2000-01-01', '2005-01-01', '2010-01-01', '2015-01-01', '2020-01-01'],
  ]);
});

test('one period has its tick, and nothing has none', () => {
  expect(ticksOf(['2026-08-01'], 'month', 2)).toEqual(['2026-08-01']);
  expect(ticksOf(['2026-08-01', '2026-09-01'], 'month', 1)).toHaveLength(1);
  expect(ticksOf([], 'month', 5)).toEqual([]);
});

test('of any stretch there are some ticks, not too many, all of them periods', () => {
  const random = seeded(7);
  for (let i = 0; i < 500; i++) {
    const grain = (['day', 'week', 'month', 'quarter', 'year'] as const)[Math.floor(random() * 5)]!;
    const unit = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }[grain];
    const length = 1 + Math.floor(random() * 120);
    const all = periodsBetween(
      [0, length * unit].map((days) => startOf(new Date(Date.UTC(2010, 0, 4 + days)), grain)),
      grain,
    );
    const most = 2 + Math.floor(random() * 20);
    const ticks = ticksOf([all[0]!, all.at(-1)!], grain, most);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(most);
    expect(all).toEqual(expect.arrayContaining([...ticks]));
    expect(tickWords(ticks, grain)).toHaveLength(ticks.length);
  }
});

const startOf = (date: Date, grain: string): string => {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (grain === 'day' || grain === 'week') return date.toISOString().slice(0, 10);
  const first = grain === 'year' ? 0 : grain === 'quarter' ? month - (month % 3) : month;
  return new Date(Date.UTC(year, first, 1)).toISOString().slice(0, 10);
};

test('the axis gives Plot the moments of its ticks, with their words', () => {
  const axis = timeAxis(['2026-01-01', '2026-03-01'], 'month', 400);
  expect(axis.ticks).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => new Date(day)));
  const word = axis.tickFormat as (at: Date, index: number) => string;
  expect([0, 1, 2].map((index) => word(new Date(), index))).toEqual(['Jan\n2026', 'Feb', 'Mar']);
});
