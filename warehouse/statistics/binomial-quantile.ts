import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * The smallest k for which at most k successes come up with probability p or more, in n ≥ 0 trials of chance
 * `chance`; 0 < p < 1, 0 ≤ chance ≤ 1. R's `qbinom`, its tolerance of 64 rounding errors included; for n up to 1e6.
 *
 * P(X ≤ k) = I_{1−chance}(n − k, k + 1), Abramowitz & Stegun 26.5.24; the search begins at the normal approximation.
 * @throws RangeError outside these bounds
 */
export const binomialQuantile = (p: number, n: number, chance: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError('binomialQuantile: p must lie between 0 and 1');
  if (!Number.isInteger(n) || n < 0) throw new RangeError('binomialQuantile: n must be a whole number, 0 or more');
  if (!(chance >= 0 && chance <= 1)) throw new RangeError('binomialQuantile: the chance must lie between 0 and 1');
  if (n === 0 || chance === 0) return 0;
  if (chance === 1) return n;
  const isEnough = (k: number): boolean =>
    k >= n || incompleteBeta(1 - chance, chance, n - k, k + 1).below >= p * (1 - 64 * Number.EPSILON);
  const centre = Math.floor(n * chance + normalQuantile(p) * Math.sqrt(n * chance * (1 - chance)));
  let k = Math.min(n, Math.max(0, centre));
  while (!isEnough(k)) k++;
  while (k > 0 && isEnough(k - 1)) k--;
  return k;
};
