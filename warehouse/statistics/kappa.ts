import type { Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Agreement of two raters over n units, as far as chance is taken into account. */
export interface Kappa {
  readonly n: number;
  /** Po: share of units on which they agree. */
  readonly observed: number;
  /** Pe: share on which they would agree by chance, given how often each uses each category. */
  readonly expected: number;
  /** (Po − Pe) / (1 − Pe), at most 1; null where Pe is 1: both used one and the same category only. */
  readonly kappa: number | null;
  /** Large-sample standard error of κ, not under the hypothesis κ = 0; null where κ is. */
  readonly standardError: number | null;
}

/**
 * Cohen's κ over all categories of a square table of counts; Cohen, Educ Psychol Meas 20 (1960) 37–46. Standard error:
 * Fleiss, Cohen & Everitt, Psychol Bull 72 (1969) 323–327, formula 13. null where the table is empty.
 * @throws RangeError where the table is not square
 */
export const cohenKappa = (counts: readonly (readonly number[])[]): Kappa | null => {
  const k = counts.length;
  if (counts.some((row) => row.length !== k)) throw new RangeError('cohenKappa: the table must be square');
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const share = counts.map((row) => row.map((count) => count / n));
  const first = share.map((row) => row.reduce((sum, one) => sum + one, 0));
  const second = first.map((_, j) => share.reduce((sum, row) => sum + row[j]!, 0));
  const observed = counts.reduce((sum, row, i) => sum + row[i]!, 0) / n;
  const expected = first.reduce((sum, one, i) => sum + one * second[i]!, 0);
  if (1 - expected < 1e-12) return { n, observed, expected, kappa: null, standardError: null };
  const kappa = (observed - expected) / (1 - expected);
  const rest = 1 - kappa;
  let sum = -((kappa - expected * rest) ** 2);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const p = share[i]![j]!;
      sum += i === j ? p * (1 - (first[i]! + second[i]!) * rest) ** 2 : p * (rest * (second[i]! + first[j]!)) ** 2;
    }
  }
  // All alike leaves a rounding error, perhaps a negative one.
  return { n, observed, expected, kappa, standardError: Math.sqrt(Math.max(0, sum) / n) / (1 - expected) };
};

/** κ ± z · SE, cut at −1 and 1; null where κ is not known. It says little below some thirty units, or at κ = 1. */
export const kappaInterval = ({ kappa, standardError }: Kappa, level = 0.95): Interval | null => {
  if (kappa === null || standardError === null) return null;
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { lower: Math.max(-1, kappa - half), upper: Math.min(1, kappa + half) };
};
