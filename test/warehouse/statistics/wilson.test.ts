import { expect, test } from 'vitest';
import { wilson } from '../../../warehouse/statistics/wilson.ts';

test.each([
  // measures.md section 8, E
  [29, 30, 0.8333, 0.9941],
  [28, 30, 0.7868, 0.9815],
  [57, 60, 0.863, 0.9829],
  [380, 400, 0.924, 0.9674],
  [950, 1000, 0.9347, 0.9619],
])('%i of %i lies between %f and %f', (successes, n, lower, upper) => {
  const limits = wilson(successes, n);
  expect(limits?.lower).toBeCloseTo(lower, 4);
  expect(limits?.upper).toBeCloseTo(upper, 4);
});

test('ends at 0 and 1 where nothing or everything is right', () => {
  const z2 = 1.959963984540054 ** 2;
  expect(wilson(0, 10)?.lower).toBe(0);
  expect(wilson(0, 10)?.upper).toBeCloseTo(z2 / (10 + z2), 12);
  expect(wilson(30, 30)?.upper).toBe(1);
  // practice.md 1.4: 30 of 30 is 88.6–100 %
  expect(wilson(30, 30)?.lower).toBeCloseTo(30 / (30 + z2), 12);
});

test('takes an effective sample size that is not whole', () => {
  const limits = wilson(95 / 1.5, 100 / 1.5);
  expect(limits?.lower).toBeLessThan(wilson(95, 100)?.lower ?? 0);
  expect(limits?.upper).toBeGreaterThan(wilson(95, 100)?.upper ?? 1);
});

test('has nothing to say of an empty or impossible share', () => {
  expect(wilson(0, 0)).toBeNull();
  expect(wilson(-1, 10)).toBeNull();
  expect(wilson(11, 10)).toBeNull();
  expect(wilson(NaN, 10)).toBeNull();
});
