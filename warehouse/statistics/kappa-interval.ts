import type { Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';
import { raterAgreement, type RaterPair } from './rater-agreement.ts';

/**
 * Large-sample standard error of Cohen's κ over all categories, for intervals (not for testing κ = 0): Fleiss, Cohen &
 * Everitt, Psychol Bull 72 (1969) 323–327, formula 13. `pairs` as `raterAgreement` takes them. NaN where κ is.
 *
 * It says little below some thirty units, and nothing at κ = 1, where it is 0.
 */
export const kappaStandardError = (pairs: readonly RaterPair[]): number => {
  const { n, observed, kappa } = raterAgreement(pairs);
  if (Number.isNaN(kappa)) return NaN;
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  for (const pair of pairs) {
    first.set(pair.first, (first.get(pair.first) ?? 0) + pair.units / n);
    second.set(pair.second, (second.get(pair.second) ?? 0) + pair.units / n);
  }
  const expected = [...first].reduce((sum, [category, share]) => sum + share * (second.get(category) ?? 0), 0);
  const rest = 1 - kappa;
  /** How often category b is the first rater's and a the second's: the two margins of a pair, crosswise. */
  const margins = (a: string, b: string): number => (second.get(a) ?? 0) + (first.get(b) ?? 0);
  const sum = pairs.reduce((total, pair) => {
    const part = margins(pair.first, pair.second) * rest;
    return total + (pair.units / n) * (pair.first === pair.second ? (1 - part) ** 2 : part ** 2);
  }, 0);
  // With Po = 1 or nearly, rounding may leave a little less than 0.
  const spread = observed === 1 ? 0 : Math.max(0, sum - (kappa - expected * rest) ** 2);
  return Math.sqrt(spread / n) / (1 - expected);
};

/** κ ± z · SE, cut at −1 and 1; null where κ is not known: no units, or both raters used one and the same category only. */
export const kappaInterval = (pairs: readonly RaterPair[], level = 0.95): Interval | null => {
  const { kappa } = raterAgreement(pairs);
  if (Number.isNaN(kappa)) return null;
  const half = normalQuantile((1 + level) / 2) * kappaStandardError(pairs);
  return { lower: Math.max(-1, kappa - half), upper: Math.min(1, kappa + half) };
};
