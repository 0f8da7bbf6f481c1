import { expect, test } from 'vitest';
import { utcOf } from '../../etl/utc.ts';

test.each([
  ['UTC is itself', '2026-09-01', 'UTC', '2026-09-01T00:00:00.000Z'],
  ['winter in New York is five hours behind', '2026-01-15T08:30:00', 'America/New_York', '2026-01-15T13:30:00.000Z'],
  ['summer is four', '2026-07-15 08:30:00', 'America/New_York', '2026-07-15T12:30:00.000Z'],
  ['an hour shown twice is the first one', '2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  [
    'an hour skipped goes by the clock of before',
    '2026-03-08T02:30:00',
    'America/New_York',
    '2026-03-08T07:30:00.000Z',
  ],
  ['east of Greenwich the day may be the one before', '2026-09-01', 'Asia/Kolkata', '2026-08-31T18:30:00.000Z'],
  ['fractions of a second stay', '2026-09-01T00:00:00.250', 'UTC', '2026-09-01T00:00:00.250Z'],
])('%s', (_what, wall, zone, instant) => {
  expect(utcOf(wall, zone)).toBe(instant);
});
