import { expect, test } from 'vitest';
import type { Metric } from '../../../warehouse/metric/metric.ts';
import { withinReach } from '../../../warehouse/additive/reach.ts';

const of = (unit: Metric['unit']): Metric => ({ unit }) as Metric;
const wide = { lower: -0.2, upper: 1.1 };

test('a share is cut at 0 and 1, where records can be no more than that', () => {
  expect(withinReach(wide, { low: 0, over: 0 }, of('share'))).toEqual({ lower: 0, upper: 1 });
  expect(withinReach(wide, { low: 0, over: 1 }, of('share'))).toEqual({ lower: 0, upper: 1.1 });
  expect(withinReach(wide, { low: -1, over: 0 }, of('share'))).toEqual({ lower: -0.2, upper: 1 });
});

test('a plain number is cut at 0 alone, and a weight not at all', () => {
  expect(withinReach(wide, { low: 0, over: 0 }, of('index'))).toEqual({ lower: 0, upper: 1.1 });
  expect(withinReach(wide, { low: 0, over: 0 }, of('weight'))).toEqual(wide);
});

test('an interval within its ends stays, and one not known stays so', () => {
  expect(withinReach({ lower: 0.2, upper: 0.9 }, { low: 0, over: 0 }, of('share'))).toEqual({ lower: 0.2, upper: 0.9 });
  expect(withinReach({ lower: NaN, upper: NaN }, { low: 0, over: 0 }, of('share'))).toEqual({ lower: NaN, upper: NaN });
});
