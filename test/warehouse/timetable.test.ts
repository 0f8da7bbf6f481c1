import { expect, test } from 'vitest';
import { timetable } from '../../warehouse/timetable.ts';

const newYork = 'America/New_York';

/** All instants due in [from, to), found the way the schedule goes: one after the other. */
const dues = (expression: string, timezone: string, from: string, to: string): readonly string[] => {
  const { nextDue, lastDue } = timetable(expression, timezone);
  const found: string[] = [];
  for (let at = nextDue(new Date(Date.parse(from) - 1)); at !== null && at < new Date(to); at = nextDue(at)) {
    found.push(at.toISOString().slice(0, 16));
    expect(lastDue(at)).toEqual(at);
    expect(lastDue(new Date(at.getTime() + 59_999))).toEqual(at);
    expect(lastDue(new Date(at.getTime() - 1))?.getTime() ?? 0).toBeLessThan(at.getTime());
  }
  return found;
};

test('a night like any other: five fields in the zone of the source', () => {
  expect(dues('15 5 * * *', newYork, '2026-07-01', '2026-07-03')).toEqual(['2026-07-01T09:15', '2026-07-02T09:15']);
  expect(dues('0 6 * * MON-FRI', 'Asia/Kolkata', '2026-07-03', '2026-07-07')).toEqual([
    '2026-07-03T00:30',
    '2026-07-06T00:30',
  ]);
});

test('an hour that never comes: half past two of 8 March 2026 is due once, when the clocks have jumped to three', () => {
  expect(dues('30 2 * * *', newYork, '2026-03-07T05:00', '2026-03-10T05:00')).toEqual([
    '2026-03-07T07:30',
    '2026-03-08T07:00',
    '2026-03-09T06:30',
  ]);
});

test('an hour that comes twice: half past one of 1 November 2026 is due once, the first time', () => {
  expect(dues('30 1 * * *', newYork, '2026-10-31T04:00', '2026-11-03T05:00')).toEqual([
    '2026-10-31T05:30',
    '2026-11-01T05:30',
    '2026-11-02T06:30',
  ]);
  const second = new Date('2026-11-01T06:30:00Z');
  expect(timetable('30 1 * * *', newYork).lastDue(second)?.toISOString()).toBe('2026-11-01T05:30:00.000Z');
});

test('a list of hours is fixed times too: the one that comes twice is due once, the one that never comes still is', () => {
  expect(dues('30 1,13 * * *', newYork, '2026-11-01T04:00', '2026-11-02T04:00')).toEqual([
    '2026-11-01T05:30',
    '2026-11-01T18:30',
  ]);
  expect(dues('30 2,14 * * *', newYork, '2026-03-08T05:00', '2026-03-09T04:00')).toEqual([
    '2026-03-08T07:00',
    '2026-03-08T18:30',
  ]);
});

test('every half hour follows elapsed time, in spring and in autumn', () => {
  expect(dues('*/30 * * * *', newYork, '2026-03-08T06:30', '2026-03-08T08:00')).toEqual([
    '2026-03-08T06:30',
    '2026-03-08T07:00',
    '2026-03-08T07:30',
  ]);
  expect(dues('*/30 * * * *', newYork, '2026-11-01T05:00', '2026-11-01T07:01')).toHaveLength(5);
});

test('a leap day is the last one due for years', () => {
  expect(timetable('0 3 29 2 *', 'UTC').lastDue(new Date('2026-11-22'))?.toISOString()).toBe(
    '2024-02-29T03:00:00.000Z',
  );
});

test.each([
  ['60 5 * * *', /minute: 60/],
  ['5 24 * * *', /hour: 24/],
  ['0 0 31 2 *', /no day that ever comes/],
  ['nightly please', /five/],
  ['0 0 0 5 * *', /5 parts/],
])('%s is refused', (expression, why) => expect(() => timetable(expression, 'UTC')).toThrow(why));
