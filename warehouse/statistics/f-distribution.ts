import { incompleteBeta } from './incomplete-beta.ts';
import { positiveQuantile } from './positive-quantile.ts';
import { betaRise } from './saddle-point.ts';
import type { Shares } from './shares.ts';

/**
 * Shares of Fisher's F distribution below and above x ≥ 0; both degrees of freedom > 0.
 *
 * Incomplete beta, Abramowitz & Stegun 26.6.2. At least 11 digits of the smaller for degrees from 0.5 to 1e5.
 * @throws RangeError outside these bounds
 */
export const fShares = (x: number, first: number, second: number): Shares => {
  if (!(x >= 0)) throw new RangeError('fShares: x must not be below 0');
  const whole = second + first * x;
  return x === Infinity
    ? { below: 1, above: 0 }
    : incompleteBeta((first * x) / whole, second / whole, first / 2, second / 2);
};

/** Share of the F distribution above x: the p value of an F test. Range and accuracy as `fShares`. */
export const fTail = (x: number, first: number, second: number): number => fShares(x, first, second).above;

/**
 * The value below which a share p of the F distribution lies; 0 < p < 1. At least 10 digits for degrees from 0.5 to 1e5.
 * @throws RangeError outside these bounds
 */
export const fQuantile = (p: number, first: number, second: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError('fQuantile: p must lie between 0 and 1');
  if (!(first > 0 && second > 0)) throw new RangeError('fQuantile: degrees of freedom must be above 0');
  const rise = (x: number): number => {
    const whole = second + first * x;
    return betaRise((first * x) / whole, second / whole, first / 2, second / 2);
  };
  return positiveQuantile({ shares: (x) => fShares(x, first, second), rise }, p, 1);
};
