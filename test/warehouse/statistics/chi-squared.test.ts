import { expect, test } from 'vitest';
import { chiSquaredQuantile, chiSquaredTail } from '../../../warehouse/statistics/chi-squared.ts';
import { normalQuantile } from '../../../warehouse/statistics/normal-quantile.ts';
import { expectDigits } from './digits.ts';

test.each([
  // 40-digit incomplete gamma function (mpmath), 17 of them.
  [3.8414588206941254, 1, 0.050000000000000018],
  [3.3964, 1, 0.065338874326082776],
  [0.0001, 0.1, 0.37394915306777694],
  [10, 3, 0.018566135463043233],
  [100, 3, 1.5541594313896049e-21],
  [1200, 2, 2.6503965530043108e-261],
  [100500, 100000, 0.13185481160338378],
  [50, 50, 0.47339846855634936],
  [1e-5, 4, 0.99999999998750004],
])('above %f with %f degrees lies the share the gamma function gives', (x, degrees, share) => {
  expectDigits(chiSquaredTail(x, degrees), share, 12);
});

test.each([
  // R: qchisq; and the same by mpmath.
  [0.95, 1, 3.841458820694126],
  [0.95, 3, 7.81472790325118],
  [0.99, 10, 23.20925115895436],
  [0.001, 5, 0.21021260262921916],
  [0.5, 100, 99.334129235988456],
  [0.975, 100_000, 100878.41530566557],
  [0.999, 2, 13.815510557964274],
])('of %f with %f degrees', (p, degrees, x) => {
  expectDigits(chiSquaredQuantile(p, degrees), x, 11);
});

test('the quantile and the tail undo each other', () => {
  for (const degrees of [0.1, 0.5, 1, 2, 3, 7.5, 40, 999, 100_000]) {
    for (const p of [1e-9, 0.001, 0.2, 0.5, 0.8, 0.999, 1 - 1e-9]) {
      const above = chiSquaredTail(chiSquaredQuantile(p, degrees), degrees);
      expectDigits(p > 0.5 ? above : 1 - above, p > 0.5 ? 1 - p : p, Math.min(p, 1 - p) < 1e-6 ? 6 : 11);
    }
  }
});

test('closed forms: two degrees are exponential, one is a square of the normal', () => {
  for (const x of [0.01, 1, 7, 300]) expectDigits(chiSquaredTail(x, 2), Math.exp(-x / 2), 13);
  for (const p of [0.5, 0.9, 0.999]) expectDigits(chiSquaredQuantile(p, 1), normalQuantile((1 + p) / 2) ** 2, 11);
});

test('both ends, and what has no answer', () => {
  expect(chiSquaredTail(0, 3)).toBe(1);
  expect(chiSquaredTail(Infinity, 3)).toBe(0);
  expect(() => chiSquaredTail(-1, 3)).toThrow(RangeError);
  expect(() => chiSquaredTail(NaN, 3)).toThrow(RangeError);
  expect(() => chiSquaredTail(1, 0)).toThrow(RangeError);
  expect(() => chiSquaredQuantile(1, 3)).toThrow(RangeError);
  expect(() => chiSquaredQuantile(0.5, 0)).toThrow(RangeError);
});
