import { expect, test } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import { bridgeOf, bridgeSpan } from '../../../dashboard/data/bridge.ts';

const row = (metric: string, period: string, owner: string | null, value: number): Row => ({
  ...{ metric, period, group: { owner }, value, numerator: null, denominator: null, lower: null, upper: null },
  ...{ n: null, suppressed: false, compareValue: null, change: null },
});
const [before, start] = ['2026-08-30', '2026-08-31'];

/** HIM 700 + 300 discharged − 500 billed − 100 moved on = 400; the provider 50 + 100 moved to it + 25 charges = 175. */
const rows = [
  row('dnfb_closing', before, 'HIM', 700),
  row('dnfb_closing', before, 'provider', 50),
  row('dnfb_closing', start, 'HIM', 400),
  row('dnfb_closing', start, 'provider', 175),
  row('dnfb_discharged', before, 'HIM', 999),
  row('dnfb_discharged', start, 'HIM', 300),
  row('dnfb_billed', start, 'HIM', 500),
  row('dnfb_reopened', start, 'HIM', 0),
  row('dnfb_moved', start, 'HIM', -100),
  row('dnfb_moved', start, 'provider', 100),
  row('dnfb_charge_change', start, 'provider', 25),
];

test('each step starts where the one before ended, and the last ends on the stock', () => {
  const bridge = bridgeOf(rows, before, start);
  expect(bridge?.steps.map(({ label, kind, from, to }) => [label, kind, from, to])).toEqual([
    ['At the start', 'stock', 0, 750],
    ['Discharged', 'in', 750, 1050],
    ['Billed', 'out', 1050, 550],
    ['Changed owner', 'in', 550, 550],
    ['Charges posted', 'in', 550, 575],
    ['At the end', 'stock', 0, 575],
  ]);
});

test('what moves between owners stands by owner, though it is nothing over all; what nobody had is left out', () => {
  const bridge = bridgeOf(rows, before, start);
  expect(bridge?.owners).toEqual(['HIM', 'provider']);
  expect(bridge?.steps.find(({ label }) => label === 'Changed owner')?.parts).toEqual([-100, 100]);
  expect(bridge?.steps.map(({ label }) => label)).not.toContain('Reopened');
});

test('without a stock at the end there is no bridge', () => {
  expect(bridgeOf([], before, start)).toBeNull();
  expect(bridgeOf(rows, start, '2026-09-01')).toBeNull();
});

test('a stretch is the last whole day, Monday to Sunday, or month', () => {
  expect(bridgeSpan('2026-08-31', 'day')).toEqual({ before: '2026-08-30', start: '2026-08-31', to: '2026-09-01' });
  // 31 August 2026 is a Monday, 30 August a Sunday.
  expect(bridgeSpan('2026-08-31', 'week')).toEqual({ before: '2026-08-17', start: '2026-08-24', to: '2026-08-31' });
  expect(bridgeSpan('2026-08-30', 'week')).toEqual({ before: '2026-08-17', start: '2026-08-24', to: '2026-08-31' });
  expect(bridgeSpan('2026-08-29', 'week')).toEqual({ before: '2026-08-10', start: '2026-08-17', to: '2026-08-24' });
  expect(bridgeSpan('2026-08-31', 'month')).toEqual({ before: '2026-07-01', start: '2026-08-01', to: '2026-09-01' });
  expect(bridgeSpan('2026-08-30', 'month')).toEqual({ before: '2026-06-01', start: '2026-07-01', to: '2026-08-01' });
});
