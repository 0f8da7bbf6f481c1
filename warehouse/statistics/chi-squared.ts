import { incompleteGamma } from './incomplete-gamma.ts';
import { normalQuantile } from './normal-quantile.ts';
import { positiveQuantile } from './positive-quantile.ts';
import { gammaRise } from './saddle-point.ts';

/**
 * Share of the χ² distribution with `degrees` > 0 of freedom that lies above x ≥ 0: the p value of a χ² test.
 *
 * Q(degrees/2, x/2), Abramowitz & Stegun 26.4.19. At least 12 digits of the share itself for degrees from 0.1 to 1e5,
 * down to shares of 1e-300.
 * @throws RangeError outside these bounds
 */
export const chiSquaredTail = (x: number, degrees: number): number => incompleteGamma(degrees / 2, x / 2).above;

/**
 * The value below which a share p of the χ² distribution lies; 0 < p < 1, degrees > 0. At least 11 digits for degrees
 * from 0.1 to 1e5.
 * @throws RangeError outside these bounds
 */
export const chiSquaredQuantile = (p: number, degrees: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError('chiSquaredQuantile: p must lie between 0 and 1');
  if (!(degrees > 0)) throw new RangeError('chiSquaredQuantile: degrees of freedom must be above 0');
  const a = degrees / 2;
  // Wilson & Hilferty 1931; of no use far down, where it turns negative.
  const spread = 2 / (9 * degrees);
  const guess = degrees * (1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3;
  return positiveQuantile(
    { shares: (x) => incompleteGamma(a, x / 2), rise: (x) => gammaRise(a, x / 2) },
    p,
    guess > 0.01 * degrees ? guess : 0.01 * degrees,
  );
};
