import { chiSquaredQuantile } from './chi-squared.ts';
import type { Interval } from './interval.ts';

/**
 * Exact limits of the mean of a count that was `count` once, at two-sided confidence `level`.
 *
 * Garwood, Biometrika 28 (1936) 437–442: the quantiles of χ² with 2d and 2(d + 1) degrees, halved; the lower limit of no
 * case is 0. Counts up to about 50,000, where χ² is proved.
 * @throws RangeError for a count below 0 or a level outside 0 to 1
 */
export const poissonInterval = (count: number, level = 0.95): Interval => {
  if (!(count >= 0)) throw new RangeError('poissonInterval: count must not be below 0');
  const tail = (1 - level) / 2;
  return {
    lower: count === 0 ? 0 : chiSquaredQuantile(tail, 2 * count) / 2,
    upper: chiSquaredQuantile(1 - tail, 2 * (count + 1)) / 2,
  };
};

/**
 * The same by Byar's approximation; Rothman & Boice 1979. The cube turns negative below about one case, where the lower
 * limit is 0.
 *
 * @throws RangeError for a count below 0 or a z not above 0
 */
export const byarInterval = (count: number, z = 1.959963984540054): Interval => {
  if (!(count >= 0)) throw new RangeError('byarInterval: count must not be below 0');
  if (!(z > 0)) throw new RangeError('byarInterval: z must be above 0');
  const side = (n: number, sign: number): number =>
    n === 0 ? 0 : n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3;
  return { lower: Math.max(0, side(count, -1)), upper: side(count + 1, 1) };
};
