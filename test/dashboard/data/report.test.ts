import { expect, test } from 'vitest';
import {
  addressesIn,
  cronOf,
  instantIn,
  mailsIn,
  nameOf,
  pageLabel,
  scheduleWords,
  type ScheduleChoice,
} from '../../../dashboard/data/report.ts';
import type { Catalogue } from '../../../dashboard/data/catalogue.ts';
import { readAddress, writeAddress } from '../../../dashboard/data/url.ts';
import { timetable } from '../../../warehouse/timetable.ts';

const choice: ScheduleChoice = { kind: 'week', time: '07:05', weekday: 1, day: 3, cron: ' 0  7 * * 1,4 ' };

test.each([
  ['asked', null, ''],
  ['day', '5 7 * * *', 'every day at 07:05'],
  ['workday', '5 7 * * 1-5', 'Monday to Friday at 07:05'],
  ['week', '5 7 * * 1', 'Mondays at 07:05'],
  ['month', '5 7 3 * *', 'on day 3 of each month at 07:05'],
  ['cron', '0 7 * * 1,4', '0 7 * * 1,4'],
] as const)('what is picked as %s is five fields the schedule reads, and words', (kind, schedule, words) => {
  expect(cronOf({ ...choice, kind })).toBe(schedule);
  if (schedule === null) return;
  expect(timetable(schedule, 'UTC').nextDue(new Date())).not.toBeNull();
  expect(scheduleWords(schedule)).toBe(words);
});

test.each(['*/5 * * * *', '0 7 1 1 *', '0 7 1 * 1', '0 25-26 * * *'])(
  '%s is of no usual kind and stays',
  (schedule) => {
    expect(scheduleWords(schedule)).toBe(schedule);
  },
);

test('an instant is told by the clocks of its zone', () => {
  expect(instantIn('2026-09-07T12:00:00.000Z', 'America/Chicago')).toBe('Mon 7 Sep 2026, 07:00');
  expect(instantIn('2026-09-07T05:00:00.000Z', 'America/Chicago')).toBe('Mon 7 Sep 2026, 00:00');
});

test.each([
  ['HIM this week', 'him-this-week'],
  ['2026: Coding — Q3!', 'coding-q3'],
  ['Ä', ''],
  ['long '.repeat(20), 'long-long-long-long-long-long-long-long-long-long-long-long'],
])('a title gives a name that files can have: %s', (title, name) => {
  expect(nameOf(title)).toBe(name);
  if (name !== '') expect(name).toMatch(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/);
});

test.each([
  ['/', 'Scorecard'],
  ['/?by=facility&period=6m', 'Scorecard by facility'],
  ['/kpi/nothing?by=facility', 'Indicator'],
  ['/data-quality', 'Data quality'],
])('a page is called what it is: %s', (address, label) => {
  expect(pageLabel({ metrics: [], dimensions: [] } as unknown as Catalogue, address)).toBe(label);
});

test('addresses are lines, with or without the server before them; mail addresses are parted by anything usual', () => {
  expect(addressesIn(' /kpi/a?x=1 \n\nhttp://him.example:4180/?period=6m\nnonsense')).toEqual([
    ...['/kpi/a?x=1', '/?period=6m', 'nonsense'],
  ]);
  expect(mailsIn('a@b.c, d@e.f;a@b.c\n g@h.i')).toEqual(['a@b.c', 'd@e.f', 'g@h.i']);
});

test('the pages a report begins with go through the address bar, whatever stands in them', () => {
  const reported = ['/?facility=a%26b&period=6m', '/explore?metric=x&rows=ä, ö', '/kpi/0?x=&y=false'];
  const address = { ...readAddress('/reports', ''), reported };
  const written = new URL(writeAddress(address), 'http://here');
  expect(readAddress(written.pathname, written.search)).toEqual(address);
});
