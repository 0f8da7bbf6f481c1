import type { Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * Wilson score interval of a share, no continuity correction; Wilson, JASA 22 (1927) 209–212.
 *
 * `successes` of `n`, 0 ≤ successes ≤ n; neither need be whole (an effective sample size is not). `level` is the
 * two-sided confidence. null where n is 0 or the numbers are no share.
 */
export const wilson = (successes: number, n: number, level = 0.95): Interval | null => {
  if (!(n > 0) || !(successes >= 0) || !(successes <= n)) return null;
  const z = normalQuantile((1 + level) / 2);
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // At the ends rounding would leave 1e-17 or 0.999…9 where the formula gives 0 and 1.
  return {
    lower: successes === 0 ? 0 : (centre - half) / scale,
    upper: successes === n ? 1 : (centre + half) / scale,
  };
};
