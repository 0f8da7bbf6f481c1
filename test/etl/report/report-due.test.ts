import { expect, test } from 'vitest';
import type { DeliveryState } from '../../../dashboard/store/report-standing.ts';
import type { DeliveryLine } from '../../../etl/report/delivery-ledger.ts';
import { nextReport, reportsDue, type ScheduledPlan } from '../../../etl/report/report-due.ts';

/** Mondays at seven in Chicago; 7 September 2026 is one, and seven o'clock there is 12:00 UTC. */
const plan: ScheduledPlan = {
  ...{ id: '0a1b2c3d', schedule: '0 7 * * 1', timezone: 'America/Chicago', at: '2026-09-01T08:00:00.000Z' },
};
const monday = '2026-09-07T12:00:00.000Z';

const line = (at: string, state: DeliveryState, more: Partial<DeliveryLine> = {}): DeliveryLine => ({
  ...{ at, plan: plan.id, name: 'weekly', due: monday, state },
  ...{ release: null, file: null, to: 1, says: '', isTransient: false },
  ...more,
});

const dueAt = (now: string, lines: readonly DeliveryLine[] = [], one = plan): string | null =>
  reportsDue([one], lines, new Date(now))[0]?.due.toISOString() ?? null;

test('a report is due at the moment its schedule names by the clocks of its zone, and not before', () => {
  expect(dueAt('2026-09-07T11:59:59Z')).toBeNull();
  expect(dueAt('2026-09-07T12:00:00Z')).toBe(monday);
  // In winter seven o'clock is an hour later by UTC.
  expect(
    dueAt('2026-11-02T12:59:59Z', [line('2026-10-26T12:00:05Z', 'done', { due: '2026-10-26T12:00:00.000Z' })]),
  ).toBe(null);
  expect(dueAt('2026-11-02T13:00:00Z')).toBe('2026-11-02T13:00:00.000Z');
});

test('of moments that were missed the last is caught up, none from before the plan was kept', () => {
  expect(dueAt('2026-09-30T00:00:00Z')).toBe('2026-09-28T12:00:00.000Z');
  expect(dueAt('2026-09-30T00:00:00Z', [], { ...plan, at: '2026-09-28T12:00:01.000Z' })).toBeNull();
  expect(dueAt('2026-09-30T00:00:00Z', [], { ...plan, schedule: null })).toBeNull();
});

test.each([
  ['it went', [line('2026-09-07T12:00:04Z', 'begun'), line('2026-09-07T12:00:09Z', 'done')]],
  ['it failed for good', [line('2026-09-07T12:00:04Z', 'begun'), line('2026-09-07T12:00:09Z', 'failed')]],
  ['nobody knows', [line('2026-09-07T12:00:04Z', 'begun'), line('2026-09-07T12:00:09Z', 'unclear')]],
  ['its mail was on the way', [line('2026-09-07T12:00:04Z', 'begun'), line('2026-09-07T12:00:09Z', 'sending')]],
])('a moment is done with once %s, and the next one comes', (_how, lines) => {
  expect(dueAt('2026-09-08T00:00:00Z', lines)).toBeNull();
  expect(nextReport(plan, lines, new Date('2026-09-08T00:00:00Z'))?.toISOString()).toBe('2026-09-14T12:00:00.000Z');
  expect(dueAt('2026-09-14T12:00:00Z', lines)).toBe('2026-09-14T12:00:00.000Z');
  // The clock is set back by a week: what went does not go again.
  expect(dueAt('2026-08-31T12:30:00Z', lines, { ...plan, at: '2026-08-01T00:00:00.000Z' })).toBeNull();
});

test('what passes, and what was stopped before anything was sent, is tried again ever more seldom, for a day', () => {
  const lines: DeliveryLine[] = [];
  const tries: string[] = [];
  for (let now = Date.parse(monday); now < Date.parse(monday) + 30 * 3_600_000; now += 60_000) {
    const at = new Date(now).toISOString();
    if (dueAt(at, lines) === null) continue;
    tries.push(at.slice(8, 16));
    // The second try is killed while it draws.
    lines.push(line(at, 'begun'), ...(tries.length === 2 ? [] : [line(at, 'failed', { isTransient: true })]));
  }
  expect(tries.slice(0, 8)).toEqual([
    ...['07T12:00', '07T12:05', '07T12:15', '07T12:35', '07T13:15', '07T14:15', '07T15:15', '07T16:15'],
  ]);
  expect(tries.at(-1)).toBe('08T11:15');
  expect(tries).toHaveLength(27);
});

test('another plan’s deliveries are nothing to it', () => {
  expect(dueAt('2026-09-07T12:01:00Z', [line('2026-09-07T12:00:09Z', 'done', { plan: 'ffffffff' })])).toBe(monday);
});
