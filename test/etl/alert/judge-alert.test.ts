import { expect, test } from 'vitest';
import type { AlertWhen } from '../../../dashboard/store/alert.ts';
import type { AlertFacts, AlertPeriod } from '../../../etl/alert/alert-facts.ts';
import { judgeAlert } from '../../../etl/alert/judge-alert.ts';
import { makingDataCount } from '../../../warehouse/statistics/making-data-count-rules.ts';
import { xmrChart } from '../../../warehouse/statistics/xmr-chart.ts';
import { hasSpc, spcRows } from '../../warehouse/statistics/expected.ts';

const month = (i: number): string => new Date(Date.UTC(2025, i, 1)).toISOString().slice(0, 10);

const periods = (values: readonly (number | null)[]): readonly AlertPeriod[] =>
  values.map((value, i) => ({
    ...{ period: month(i), value, numerator: null, denominator: null },
    suppressed: false,
  }));

const facts = (values: readonly (number | null)[], change: Partial<AlertFacts> = {}): AlertFacts => ({
  ...{ label: 'Delinquency rate', unit: 'share', better: 'lower', target: null, rebases: [] },
  periods: periods(values),
  ...change,
});

const judged = (when: AlertWhen, given: AlertFacts) => judgeAlert({ when, grain: 'month' }, given);
const stateOf = (when: AlertWhen, given: AlertFacts) => judged(when, given).state;

const above: AlertWhen = { kind: 'threshold', side: 'above', value: 0.3 };
const below: AlertWhen = { kind: 'threshold', side: 'below', value: 0.3 };
const target = { value: 0.95, label: 'customary 95 %', citation: null, direction: 'at_least' } as const;

test.each([
  [above, 0.3, 'quiet', 'Delinquency rate, January 2025: 30 %; that is not above 30 %.'],
  [above, 0.3001, 'fires', 'Delinquency rate, January 2025: 30.01 %; that is above 30 %.'],
  [above, 0.300001, 'fires', 'Delinquency rate, January 2025: 30 %; that is just above 30 %.'],
  [above, 0.29, 'quiet', 'Delinquency rate, January 2025: 29 %; that is not above 30 %.'],
  [below, 0.3, 'quiet', 'Delinquency rate, January 2025: 30 %; that is not below 30 %.'],
  [below, 0.2999, 'fires', 'Delinquency rate, January 2025: 29.99 %; that is below 30 %.'],
  [below, 0, 'fires', 'Delinquency rate, January 2025: 0 %; that is below 30 %.'],
] as const)('a threshold is on neither side of itself: %o of %d is %s', (when, value, state, says) => {
  expect(judged(when, facts([value]))).toEqual({ state, says, period: '2025-01-01', value });
});

test.each([
  ['at_least', 0.95, 'quiet', 'that meets the target of 95 % or more (customary 95 %).'],
  ['at_least', 0.9499, 'fires', 'that misses the target of 95 % or more (customary 95 %).'],
  ['at_most', 0.95, 'quiet', 'that meets the target of 95 % or less (customary 95 %).'],
  ['at_most', 0.9501, 'fires', 'that misses the target of 95 % or less (customary 95 %).'],
] as const)('a target of %s: %d is %s', (direction, value, state, says) => {
  const verdict = judged({ kind: 'target' }, facts([value], { target: { ...target, direction } }));
  expect(verdict.state).toBe(state);
  expect(verdict.says).toContain(says);
});

test.each([
  ['no target', { kind: 'target' }, facts([0.9]), 'No target is in force in January 2025.'],
  [
    'a target without a side',
    { kind: 'target' },
    facts([0.9], { target: { ...target, direction: null } }),
    'Its target does not say which side of it is the good one.',
  ],
  ['no period', above, facts([]), 'No month of it is complete yet.'],
  ['no value', above, facts([0.9, null]), 'There is no value for February 2025.'],
  [
    'seven periods',
    { kind: 'signal', rules: 'making-data-count' },
    facts([1, 2, 1, null, 2, 1, 2, 9]),
    'Limits need 8 complete months with a value; there are 7.',
  ],
] as const)('%s cannot be judged, and says why', (_what, when, given, says) => {
  expect(judged(when, given)).toMatchObject({ state: 'unjudged', says });
});

test('a value withheld is never told', () => {
  const [only] = periods([0.9]);
  const verdict = judged(above, facts([], { periods: [{ ...only!, suppressed: true }] }));
  expect(verdict).toEqual({
    ...{ state: 'unjudged', says: 'Its value of January 2025 is withheld: it rests on too few.' },
    ...{ period: '2025-01-01', value: null },
  });
});

// Mean 10, moving ranges of 1: the limits lie at about 10 ± 2.66 before the last point moves them.
const calm = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9];
const days = { label: 'DNFB days', unit: 'days' } as const;

test.each(['making-data-count', 'anhoej', 'western-electric'] as const)(
  'a point beyond the limits is a signal by %s, one within is none',
  (rules) => {
    const when = { kind: 'signal', rules } as const;
    expect(stateOf(when, facts([...calm, 11], days))).toBe('quiet');
    expect(stateOf(when, facts([...calm, 25], days))).toBe('fires');
    expect(judged(when, facts([...calm, 25], days)).says).toMatch(
      /^DNFB days, May 2026: 25 d; that is a signal by .* \(.*\), on a chart \(XmR\) of 17 months: concern, /,
    );
  },
);

test('only the last period counts: a signal before it is over', () => {
  const when = { kind: 'signal', rules: 'making-data-count' } as const;
  expect(stateOf(when, facts([...calm, 25, 10], days))).toBe('quiet');
});

test('a series that has shifted is a signal by Anhøj though its last point is within the limits', () => {
  const shifted = [...calm, ...calm.map((value) => value + 3)];
  const verdict = judged({ kind: 'signal', rules: 'anhoej' }, facts(shifted, days));
  expect(verdict.state).toBe('fires');
  expect(verdict.says).toMatch(
    /the series has shifted, longest run 16 \(by chance up to 8\), crossings 1 \(by chance 11 or more\)\.$/,
  );
});

test('limits come from the last recorded rebase on, and wait for enough periods after it', () => {
  const when = { kind: 'signal', rules: 'making-data-count' } as const;
  const moved = [...calm, ...calm.slice(0, 8).map((value) => value + 8)];
  const rebases = [month(16)];
  expect(stateOf(when, facts(moved, days))).toBe('fires');
  expect(stateOf(when, facts(moved, { ...days, rebases }))).toBe('quiet');
  expect(judged(when, facts(moved.slice(0, -1), { ...days, rebases })).says).toBe(
    'Limits need 8 complete months with a value since the limits were set anew in May 2026; there are 7.',
  );
});

test('a week is named by its first day', () => {
  const verdict = judgeAlert({ when: above, grain: 'week' }, facts([0.4]));
  expect(verdict.says).toContain('Delinquency rate, the week of 1 January 2025: 40 %');
});

test.skipIf(!hasSpc)('each month of English A&E fires as NHSRplotthedots judges it', () => {
  const rows = spcRows('expected', 'nhsr_ae_england_perf_target95.csv');
  const values = rows.map((row) => Number(row.y));
  // The program judges all points by the limits of all; an alert, the last by those up to it.
  let signals = 0;
  for (let end = 8; end <= values.length; end++) {
    const upTo = values.slice(0, end);
    const expected = makingDataCount(xmrChart(upTo, { screen: true, sigma: 'nhs' }), 'increase').at(-1)!;
    const verdict = judged(
      { kind: 'signal', rules: 'making-data-count' },
      facts(upTo, { better: 'higher', label: 'Seen in time' }),
    );
    expect(verdict.state).toBe(expected.cause === null ? 'quiet' : 'fires');
    signals += expected.cause === null ? 0 : 1;
    if (end === values.length) {
      const last = rows.at(-1)!;
      expect(verdict.state === 'fires').toBe(last.special_cause_type !== 'Common Cause');
    }
  }
  expect(signals).toBeGreaterThan(0);
  expect(signals).toBeLessThan(values.length - 7);
});
