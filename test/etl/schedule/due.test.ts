import { expect, test } from 'vitest';
import { turnsDue, wakeAt, type Scheduled } from '../../../etl/schedule/due.ts';
import { ledgerReader } from '../../../etl/schedule/past-run.ts';
import { ledgerOf, type WrittenRun } from './ledger-of.ts';

const nightly: Scheduled = { id: 'visits', schedule: '0 2 * * *', timezone: 'UTC' };
const due = (day: number): string => `2026-09-${String(day).padStart(2, '0')}T02:00:00.000Z`;
const turn = (day: number) => ({ source: 'visits', due: due(day) });

/** The days of September whose two o'clock is due, after these runs. */
const dueDays = (runs: readonly WrittenRun[], now: string, source = nightly): readonly number[] => {
  const looks = ledgerReader(ledgerOf(runs))().flatMap((run) => run.looks);
  return turnsDue([source], looks, new Date(now)).map((each) => new Date(each.due ?? '').getUTCDate());
};
const good = (day: number, at = due(day)): WrittenRun => ({ at, minutes: 3, turns: [turn(day)] });

test('a source is due from the minute its schedule names, and no longer once a run was for it', () => {
  expect(dueDays([good(3)], '2026-09-04T01:59:59.999Z')).toEqual([]);
  expect(dueDays([good(3)], '2026-09-04T02:00:00.000Z')).toEqual([4]);
  expect(dueDays([good(3), good(4)], '2026-09-04T02:10:00.000Z')).toEqual([]);
});

test('nights missed are caught up once, for the last of them', () => {
  expect(dueDays([good(3)], '2026-09-09T11:00:00Z')).toEqual([9]);
  expect(dueDays([good(3), good(9, '2026-09-09T11:00:00Z')], '2026-09-09T12:00:00Z')).toEqual([]);
});

test('a run that somebody started later counts, one for another source or from before does not', () => {
  const byHand = (at: string, source = 'visits'): WrittenRun => ({ at, minutes: 1, turns: [{ source, due: null }] });
  expect(dueDays([byHand('2026-09-04T02:00:00Z')], '2026-09-04T09:00:00Z')).toEqual([]);
  expect(dueDays([byHand('2026-09-04T01:59:59Z')], '2026-09-04T09:00:00Z')).toEqual([4]);
  expect(dueDays([byHand('2026-09-04T02:30:00Z', 'other')], '2026-09-04T09:00:00Z')).toEqual([4]);
});

test('a source nobody ever looked at is due; one without a schedule never is', () => {
  expect(dueDays([], '2026-09-04T09:00:00Z')).toEqual([4]);
  expect(dueDays([], '2026-09-04T09:00:00Z', { ...nightly, schedule: null })).toEqual([]);
});

test('a ledger of an earlier version, which names no turns, counts by what it landed', () => {
  const run = { at: '2026-09-04T02:05:00Z', minutes: 1, turns: [], batches: [{ source: 'visits' }] };
  expect(dueDays([run], '2026-09-04T09:00:00Z')).toEqual([]);
});

test('a clock that goes back: the time a run was for does not come again, the next one does', () => {
  const ahead = good(4);
  expect(dueDays([ahead], '2026-09-04T01:00:00Z')).toEqual([3]);
  expect(dueDays([good(3), ahead], '2026-09-04T01:00:00Z')).toEqual([]);
  expect(dueDays([good(3), ahead], '2026-09-04T02:00:00Z')).toEqual([]);
  expect(dueDays([good(3), ahead], '2026-09-05T02:00:00Z')).toEqual([5]);
});

test('a clock that once ran a year ahead keeps no night of this year from coming', () => {
  const wrong: WrittenRun = {
    at: '2027-09-04T02:00:00Z',
    minutes: 1,
    turns: [{ source: 'visits', due: '2027-09-04T02:00:00.000Z' }],
  };
  expect(dueDays([good(3), wrong], '2026-09-04T02:00:00Z')).toEqual([4]);
});

const away: Partial<WrittenRun> = { batches: [{ status: 'refused', isTransient: true }], end: { exitCode: 3 } };
const tries = (...at: readonly string[]): readonly WrittenRun[] =>
  at.map((time) => ({ ...good(4, `2026-09-04T${time}:00Z`), ...away }));

test.each([
  ['the first, 5 minutes after it ended', ['02:00'], '02:07:59.999', '02:08'],
  ['the second, 10 minutes', ['02:00', '02:08'], '02:20:59.999', '02:21'],
  ['the third, 20 minutes', ['02:00', '02:08', '02:21'], '02:43:59.999', '02:44'],
])('a fault that passes is tried again: after %s', (_which, at, tooEarly, then) => {
  expect(dueDays(tries(...at), `2026-09-04T${tooEarly}Z`)).toEqual([]);
  expect(dueDays(tries(...at), `2026-09-04T${then}:00Z`)).toEqual([4]);
});

test('after the third try it waits for the next night', () => {
  const all = tries('02:00', '02:08', '02:21', '02:44');
  expect(dueDays(all, '2026-09-04T23:00:00Z')).toEqual([]);
  expect(dueDays(all, '2026-09-05T02:00:00Z')).toEqual([5]);
});

test('a source may ask for other tries, or for none; no wait is longer than an hour', () => {
  const patient = { ...nightly, retry: { times: 9, minutes: 40 } };
  expect(dueDays(tries('02:00'), '2026-09-04T02:42:59Z', patient)).toEqual([]);
  expect(dueDays(tries('02:00'), '2026-09-04T02:43:00Z', patient)).toEqual([4]);
  expect(dueDays(tries('02:00', '02:43'), '2026-09-04T03:45:59Z', patient)).toEqual([]);
  expect(dueDays(tries('02:00', '02:43'), '2026-09-04T03:46:00Z', patient)).toEqual([4]);
  expect(dueDays(tries('02:00'), '2026-09-04T23:00:00Z', { ...nightly, retry: { times: 0 } })).toEqual([]);
});

test('what only somebody can mend is never tried again', () => {
  const held: WrittenRun = { ...good(4), batches: [{ status: 'held' }], end: { exitCode: 3 } };
  const failed: WrittenRun = { ...good(4), type: 'FAIL', end: { exitCode: 1 } };
  const keptBack: WrittenRun = { ...good(4), end: { exitCode: 4 } };
  for (const run of [held, failed, keptBack]) expect(dueDays([run], '2026-09-04T23:00:00Z')).toEqual([]);
  expect(dueDays([{ ...failed, end: { exitCode: 1, isTransient: true } }], '2026-09-04T23:00:00Z')).toEqual([4]);
});

test('a run that was killed, or told to stop, is tried again like a fault that passes', () => {
  const killed: WrittenRun = { at: due(4), turns: [turn(4)] };
  expect(dueDays([killed], '2026-09-04T02:04:59Z')).toEqual([]);
  expect(dueDays([killed], '2026-09-04T02:05:00Z')).toEqual([4]);
  expect(dueDays([{ ...good(4), type: 'ABORT' }], '2026-09-04T02:08:00Z')).toEqual([4]);
  const again = (at: string): WrittenRun => ({ ...killed, at: `2026-09-04T${at}:00Z` });
  expect(dueDays([killed, again('02:05'), again('02:15'), again('02:35')], '2026-09-04T23:00:00Z')).toEqual([]);
});

test('sources due at the same minute have their turn together, and the next moment is the nearest of all', () => {
  const hourly = { ...nightly, id: 'notes', schedule: '30 * * * *' };
  const looks = ledgerReader(ledgerOf([good(3)]))().flatMap((run) => run.looks);
  const now = new Date('2026-09-04T02:00:00Z');
  expect(turnsDue([nightly, hourly], looks, now)).toEqual([
    turn(4),
    { source: 'notes', due: '2026-09-04T01:30:00.000Z' },
  ]);
  expect(wakeAt([nightly, hourly], looks, now)?.toISOString()).toBe('2026-09-04T02:30:00.000Z');
  const after = ledgerReader(ledgerOf(tries('02:00')))().flatMap((run) => run.looks);
  expect(wakeAt([nightly], after, new Date('2026-09-04T02:04:00Z'))?.toISOString()).toBe('2026-09-04T02:08:00.000Z');
  expect(wakeAt([{ ...nightly, schedule: null }], [], now)).toBeNull();
});

test('a daylight-saving night is one night: the hour that comes twice runs once, the one that never comes still runs', () => {
  const source = { ...nightly, schedule: '30 1 * * *', timezone: 'America/New_York' };
  const first: WrittenRun = {
    at: '2026-11-01T05:30:00Z',
    minutes: 2,
    turns: [{ source: 'visits', due: '2026-11-01T05:30:00.000Z' }],
  };
  expect(dueDays([first], '2026-11-01T06:30:00Z', source)).toEqual([]);
  const spring = { ...source, schedule: '30 2 * * *' };
  const before: WrittenRun = { at: '2026-03-07T07:30:00Z', minutes: 2, turns: [{ source: 'visits', due: null }] };
  expect(dueDays([before], '2026-03-08T06:59:59Z', spring)).toEqual([]);
  expect(dueDays([before], '2026-03-08T07:00:00Z', spring)).toEqual([8]);
});
