import { expect, test } from 'vitest';
import { normalQuantile } from '../../../warehouse/statistics/normal-quantile.ts';

test.each([
  // R: qnorm(c(.5, .75, .9, .975, .995, .9999, 1e-10), digits = 15)
  [0.5, 0],
  [0.75, 0.674489750196082],
  [0.9, 1.2815515655446],
  [0.975, 1.95996398454005],
  [0.995, 2.5758293035489],
  [0.9999, 3.71901648545568],
  [1e-10, -6.36134090240406],
])('of %f is %f', (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 12);
});

test('is odd around one half', () => {
  for (const p of [0.001, 0.02, 0.3, 0.07]) expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 12);
});

test('knows no p of 0 or 1', () => {
  expect(() => normalQuantile(0)).toThrow(RangeError);
  expect(() => normalQuantile(1)).toThrow(RangeError);
  expect(() => normalQuantile(NaN)).toThrow(RangeError);
});
