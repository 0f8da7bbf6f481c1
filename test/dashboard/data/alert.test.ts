import { expect, test } from 'vitest';
import {
  alertAddress,
  alertName,
  alertsWords,
  firingByMetric,
  retiredAlerts,
  shownAlerts,
  sinceWords,
  toldWords,
  whenOf,
  whenWords,
  type AlertChoice,
} from '../../../dashboard/data/alert.ts';
import type { KeptList } from '../../../dashboard/data/kept.ts';
import type { Alert } from '../../../dashboard/store/alert.ts';
import type { AlertStanding, AlertState } from '../../../dashboard/store/alert-standing.ts';

const alert = (id: string, part: Partial<Alert> = {}): Alert => ({
  ...{ id, name: `Alert ${id}`, metric: 'delinquency_rate', where: {}, grain: 'month', author: 'R. Okafor' },
  ...{ when: { kind: 'threshold', side: 'above', value: 0.3 }, at: '2026-09-01T08:00:00.000Z' },
  ...part,
});
const standing = (id: string, state: AlertState, part: Partial<AlertStanding> = {}): AlertStanding => ({
  ...{ alert: id, state, says: '', period: null, value: null, since: null, told: null, history: [] },
  ...part,
});
const list: KeptList<Alert> = {
  entries: [
    ...['a', 'b', 'c'].map((id) => alert(id)),
    alert('d', { metric: 'dnfb_days' }),
    alert('e', { retired: { author: 'A. Li', at: '2026-09-02T08:00:00.000Z' } }),
  ],
  standings: [standing('a', 'fires'), standing('b', 'quiet'), standing('c', 'unjudged'), standing('d', 'fires')],
  why: null,
};
const idsOf = (alerts: readonly { readonly id: string }[]) => alerts.map(({ id }) => id).join('');

test('what fires comes first, then what cannot be judged; what was taken back is apart', () => {
  expect(idsOf(shownAlerts(list).map((one) => one.alert))).toBe('dacb');
  expect(idsOf(retiredAlerts(list))).toBe('e');
  expect([shownAlerts(null), retiredAlerts(null), firingByMetric(null).size]).toEqual([[], [], 0]);
  const firing = firingByMetric(list);
  expect([...firing].map(([metric, alerts]) => [metric, idsOf(alerts)])).toEqual([
    ['dnfb_days', 'd'],
    ['delinquency_rate', 'a'],
  ]);
});

test('before the first release an alert stands nowhere', () => {
  const [one] = shownAlerts({ ...list, standings: [] });
  expect(one?.standing).toBeNull();
  expect(alertsWords(shownAlerts({ ...list, standings: [] }))).toBe('No alert fires in this release.');
});

test.each([
  [list.entries, '2 of 4 alerts fire in this release; 1 cannot be judged.'],
  [list.entries.slice(0, 2), '1 of 2 alerts fires in this release.'],
  [list.entries.slice(0, 1), '1 of 1 alert fires in this release.'],
  [list.entries.slice(1, 2), 'No alert fires in this release.'],
] as const)('how many fire is a sentence, %#', (entries, words) => {
  expect(alertsWords(shownAlerts({ ...list, entries }))).toBe(words);
});

const choice: AlertChoice = { kind: 'threshold', side: 'above', value: '30', rules: 'anhoej' };

test.each([
  ['share', '30', 0.3],
  ['share', '7', 0.07],
  ['share', '0.1', 0.001],
  ['days', '7', 7],
  ['days', '-1.5', -1.5],
  ['count', '0', 0],
  ['days', '', null],
  ['days', ' ', null],
  ['days', '1e999', null],
  ['days', 'x', null],
] as const)('a line in %s typed as "%s" is kept as %d', (unit, value, kept) => {
  expect(whenOf({ ...choice, value }, unit)).toEqual(
    kept === null ? null : { kind: 'threshold', side: 'above', value: kept },
  );
});

test('the other kinds ask for no number', () => {
  expect(whenOf({ ...choice, kind: 'target' }, 'days')).toEqual({ kind: 'target' });
  expect(whenOf({ ...choice, kind: 'signal' }, 'days')).toEqual({ kind: 'signal', rules: 'anhoej' });
});

test('what is asked, in words; no value of a filter stands in a name', () => {
  expect(whenWords({ kind: 'threshold', side: 'below', value: 0.955 }, 'share')).toBe('below 95.5\u00a0%');
  expect(whenWords({ kind: 'threshold', side: 'below', value: 0.955 }, null)).toBe('below 0.955');
  expect(whenWords({ kind: 'signal', rules: 'anhoej' }, 'share')).toBe('a signal by Anhøj rules');
  const metric = { label: 'Delinquency rate', unit: 'share' } as const;
  expect(alertName(metric, { kind: 'target' }, false)).toBe('Delinquency rate: misses its target');
  expect(alertName(metric, { kind: 'target' }, true)).toBe('Delinquency rate: misses its target, a part of it');
  expect(alertName({ ...metric, label: 'x'.repeat(200) }, { kind: 'target' }, true)).toHaveLength(120);
});

test('its page is that of the metric with the same filters, grain and rules', () => {
  expect(alertAddress(alert('a'))).toBe('/kpi/delinquency_rate');
  const where = { facility: ['north', ''] };
  expect(alertAddress(alert('a', { where, grain: 'week', when: { kind: 'signal', rules: 'anhoej' } }))).toBe(
    '/kpi/delinquency_rate?grain=week&rules=anhoej&facility=north&facility=',
  );
});

test('since when, and when somebody was told', () => {
  const since = { ...standing('a', 'fires'), at: '2026-09-02T06:00:00.000Z', release: 'r1' };
  expect(sinceWords(standing('a', 'fires', { since }))).toBe('since 2 Sep 2026');
  expect(sinceWords(standing('a', 'fires'))).toBe('new in this release');
  expect(sinceWords(standing('a', 'quiet'))).toBe('');
  expect(toldWords(standing('a', 'fires', { told: '2026-09-03T06:00:00.000Z' }))).toBe('last told 3 Sep 2026');
  expect(toldWords(standing('a', 'fires'))).toBe('nobody was told of it yet');
});
