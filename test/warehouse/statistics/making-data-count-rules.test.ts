import { expect, test } from 'vitest';
import { xmrChart } from '../../../warehouse/statistics/xmr-chart.ts';
import type { ControlPoint } from '../../../warehouse/statistics/control-chart.ts';
import {
  assuranceIcon,
  makingDataCount,
  variationIcon,
  type SpecialCause,
} from '../../../warehouse/statistics/making-data-count-rules.ts';
import { expectNear, hasSpc, spcRows } from './expected.ts';

const words: Readonly<Record<string, SpecialCause | null>> = {
  'Above UCL': 'above upper limit',
  'Below LCL': 'below lower limit',
  '7 Point Trend (Increasing)': '7 point trend increasing',
  '7 Point Trend (Decreasing)': '7 point trend decreasing',
  '2 in 3 Above CL': '2 in 3 above centre',
  '2 in 3 Below CL': '2 in 3 below centre',
  '7 Points Above CL': '7 points above centre',
  '7 Points Below CL': '7 points below centre',
  'Common Cause': null,
};

test.skipIf(!hasSpc)('English A&E performance is what NHSRplotthedots has', () => {
  const rows = spcRows('expected', 'nhsr_ae_england_perf_target95.csv');
  expect(rows.length).toBe(36);
  const points = xmrChart(
    rows.map((row) => Number(row.y)),
    { screen: true, sigma: 'nhs' },
  );
  const judged = makingDataCount(points, 'increase');
  for (const [i, row] of rows.entries()) {
    const point = points[i]!;
    expectNear(point.centre, Number(row.mean_col), `mean of row ${i}`);
    expectNear(point.lower, Number(row.lpl), `lpl of row ${i}`);
    expectNear(point.upper, Number(row.upl), `upl of row ${i}`);
    expect(judged[i]?.cause, `row ${i}`).toBe(words[row.special_cause_type!]);
    expect(`special_cause_${judged[i]!.type}`.replace('special_cause_common cause', 'common_cause')).toBe(
      row.point_type,
    );
  }
  expect(variationIcon(judged)).toBe('common cause');
  expect(assuranceIcon(points, 0.95, 'increase')).toBe('consistently failing');
});

/** Points around 0 with σ 1: limits at ±3, inner ones at ±2. */
const around = (...values: (number | null)[]): ControlPoint[] =>
  values.map((value) => ({ value, centre: 0, sigma: 1, lower: -3, lower2: -2, upper2: 2, upper: 3 }));
const causes = (...values: (number | null)[]): (SpecialCause | null)[] =>
  makingDataCount(around(...values), 'increase').map(({ cause }) => cause);
const repeat = <T>(times: number, value: T): T[] => new Array<T>(times).fill(value);

test('seven on one side are a shift, six are none', () => {
  // Up and down by turns, so that there is no trend.
  expect(causes(1, 0.5, 1, 0.5, 1, 0.5, 1)).toEqual(repeat(7, '7 points above centre'));
  expect(causes(1, 0.5, 1, 0.5, 1, 0.5)).toEqual(repeat(6, null));
  expect(causes(-1, -0.5, -1, -0.5, -1, -0.5, -1)).toEqual(repeat(7, '7 points below centre'));
});

test('a point on the mean, or not known, breaks a shift', () => {
  expect(causes(1, 0.5, 1, 0, 1, 0.5, 1, 0.5)).toEqual(repeat(8, null));
  expect(causes(1, 0.5, 1, null, 1, 0.5, 1, 0.5)).toEqual(repeat(8, null));
});

test('seven that rise are a trend, six are none, and a tie breaks it', () => {
  expect(causes(-1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2)).toEqual(repeat(7, '7 point trend increasing'));
  expect(causes(-1.2, -0.8, -0.4, 0, 0.4, 0.8)).toEqual(repeat(6, null));
  expect(causes(-1.2, -0.8, -0.4, 0, 0, 0.4, 0.8, 1.2)).toEqual(repeat(8, null));
  expect(causes(1.2, 0.8, 0.4, 0, -0.4, -0.8, -1.2)).toEqual(repeat(7, '7 point trend decreasing'));
});

test('where a trend turns the point goes with the second', () => {
  const turned = causes(-1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 0.8, 0.4, 0, -0.4, -0.8, -1.2);
  expect(turned.slice(0, 6)).toEqual(repeat(6, '7 point trend increasing'));
  expect(turned.slice(6)).toEqual(repeat(7, '7 point trend decreasing'));
});

test('two of three near a limit, all on its side', () => {
  expect(causes(2.5, 0.5, 2.5)).toEqual(['2 in 3 above centre', null, '2 in 3 above centre']);
  // The third on the other side, or on the mean: nothing.
  expect(causes(2.5, -0.5, 2.5)).toEqual([null, null, null]);
  expect(causes(2.5, 0, 2.5)).toEqual([null, null, null]);
  // On the inner limit is not near, on the outer one is; beyond it another rule has it.
  expect(causes(2, 0.5, 2.5)).toEqual([null, null, null]);
  expect(causes(3, 0.5, 2.5)).toEqual(['2 in 3 above centre', null, '2 in 3 above centre']);
  expect(causes(3.1, 0.5, 2.5)).toEqual(['above upper limit', null, null]);
  // Two alone are no three.
  expect(causes(2.5, 2.5)).toEqual([null, null]);
});

test('of several causes the outside comes first, then trend, then two in three, then shift', () => {
  const all = causes(0.1, 0.2, 0.3, 0.4, 0.5, 2.5, 2.6, 3.1);
  expect(all.at(-1)).toBe('above upper limit');
  expect(all.slice(0, 7)).toEqual(repeat(7, '7 point trend increasing'));
  expect(causes(1, 0.5, 1, 0.5, 2.5, 0.5, 2.4)).toEqual([
    ...repeat(4, '7 points above centre'),
    '2 in 3 above centre',
    '7 points above centre',
    '2 in 3 above centre',
  ]);
});

test('the same signal is improvement, concern or neither by direction', () => {
  const type = (value: number, direction: 'increase' | 'decrease' | 'neutral') =>
    makingDataCount(around(value), direction)[0]?.type;
  expect(type(4, 'increase')).toBe('improvement');
  expect(type(4, 'decrease')).toBe('concern');
  expect(type(4, 'neutral')).toBe('neutral high');
  expect(type(-4, 'neutral')).toBe('neutral low');
  expect(type(0, 'neutral')).toBe('common cause');
});

test('assurance: the target within the limits, on one, or beyond', () => {
  const points = around(0);
  expect(assuranceIcon(points, 3, 'increase')).toBe('inconsistent');
  expect(assuranceIcon(points, 3.01, 'increase')).toBe('consistently failing');
  expect(assuranceIcon(points, 3.01, 'decrease')).toBe('consistently passing');
  expect(assuranceIcon(points, -3.01, 'increase')).toBe('consistently passing');
  expect(assuranceIcon(points, -3.01, 'decrease')).toBe('consistently failing');
  expect(assuranceIcon(points, -3, 'decrease')).toBe('inconsistent');
  expect(assuranceIcon(points, 9, 'neutral')).toBeNull();
  expect(assuranceIcon([], 9, 'increase')).toBeNull();
  expect(variationIcon([])).toBeNull();
});

test('a chart without limits has shifts and trends only', () => {
  const bare = around(9, 8, 9, 8, 9, 8, 9).map((point) => ({
    ...point,
    lower: null,
    upper: null,
    lower2: null,
    upper2: null,
  }));
  expect(makingDataCount(bare, 'increase').map(({ cause }) => cause)).toEqual(repeat(7, '7 points above centre'));
});

/** The rules once more, each window of seven, or of three, looked at by itself. */
const byWindows = (values: readonly (number | null)[]): (SpecialCause | null)[] => {
  const windows = (size: number, at: number) =>
    values.map((_, i) => i).filter((i) => i <= at && at < i + size && i + size <= values.length);
  const part = (from: number, size: number) => values.slice(from, from + size);
  const isShift = (sign: number) => (from: number) => part(from, 7).every((one) => one !== null && sign * one > 0);
  const isTrend = (sign: number) => (from: number) =>
    part(from, 7).every((one, i, all) => one !== null && (i === 0 || sign * (one - all[i - 1]!) > 0));
  const near = (one: number | null) => one !== null && Math.abs(one) > 2 && Math.abs(one) <= 3;
  const isTwo = (sign: number) => (from: number) =>
    part(from, 3).every((one) => one !== null && sign * one > 0) && part(from, 3).filter(near).length >= 2;
  return values.map((value, i) => {
    const some = (size: number, is: (from: number) => boolean) => windows(size, i).some(is);
    if (value === null) return null;
    if (Math.abs(value) > 3) return value > 0 ? 'above upper limit' : 'below lower limit';
    const [up, down] = [some(7, isTrend(1)), some(7, isTrend(-1))];
    const next = values[i + 1];
    if (up && down) return next! > value ? '7 point trend increasing' : '7 point trend decreasing';
    if (up || down) return up ? '7 point trend increasing' : '7 point trend decreasing';
    if (near(value) && some(3, isTwo(1))) return '2 in 3 above centre';
    if (near(value) && some(3, isTwo(-1))) return '2 in 3 below centre';
    if (some(7, isShift(1))) return '7 points above centre';
    return some(7, isShift(-1)) ? '7 points below centre' : null;
  });
};

test('is the same window by window, on a thousand random series', () => {
  let seed = 11;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const seen = new Set<SpecialCause | null>();
  for (let round = 0; round < 1000; round++) {
    let level = 0;
    // A walk in steps of a tenth that is drawn back to the mean, so that ties, zeros and every pattern come up.
    const drift = random() < 0.3 ? 0.5 : 0;
    const values = Array.from({ length: 5 + Math.floor(random() * 40) }, () => {
      level = 0.8 * level + (random() - 0.5 + drift) * 2.5;
      return random() < 0.03 ? null : Math.round(level * 10) / 10;
    });
    const found = causes(...values);
    expect(found, values.join(' ')).toEqual(byWindows(values));
    for (const cause of found) seen.add(cause);
  }
  expect(seen.size).toBe(9);
});

test('twenty thousand points are judged in no time', () => {
  const many = around(...Array.from({ length: 20_000 }, (_, i) => Math.sin(i / 9) * 2.9));
  const start = performance.now();
  makingDataCount(many, 'increase');
  expect(performance.now() - start).toBeLessThan(500);
});
