import { expect, test } from 'vitest';
import { normalQuantile } from '../../../warehouse/statistics/normal-quantile.ts';
import { normalShares } from '../../../warehouse/statistics/normal-shares.ts';
import { expectDigits } from './digits.ts';

test.each([
  // 40-digit erfc (mpmath).
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145705],
  [1.5, 0.066807201268858066],
  [1.7320508, 0.041632259005526812],
  [1.959963984540054, 0.025000000000000011],
  [3, 0.0013498980316300945],
  [8, 6.2209605742717841e-16],
  [37, 5.7255712225245768e-300],
])('above %f lies %f', (z, share) => {
  expectDigits(normalShares(z).above, share, 12);
  expect(normalShares(-z).below).toBe(normalShares(z).above);
  expect(normalShares(z).below).toBe(1 - normalShares(z).above);
});

test('undoes the quantile', () => {
  for (const p of [1e-12, 0.001, 0.2, 0.5, 0.7]) expectDigits(normalShares(normalQuantile(p)).below, p, 12);
  expect(normalShares(NaN).below).toBeNaN();
  expect(normalShares(Infinity)).toEqual({ below: 1, above: 0 });
});
