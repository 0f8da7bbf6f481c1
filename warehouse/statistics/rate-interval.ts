import type { AgeAdjustedRate } from './age-adjusted-rate.ts';
import { chiSquaredQuantile } from './chi-squared.ts';
import type { Interval } from './interval.ts';

/** A rate and its variance as one more case would make them: what upper limits are taken from. */
export interface RaisedRate {
  readonly rate: number;
  readonly variance: number;
}

/** How one more case is added: where it weighs most, or the mean over the age groups. */
export type RateIntervalMethod = 'fay-feuer' | 'tiwari';

/**
 * fay-feuer: the largest share W/n and its square are added; Fay & Feuer, Stat Med 16 (1997) 791–801. tiwari: the means of
 * the shares and of their squares; Tiwari, Clegg & Zou, Stat Methods Med Res 15 (2006) 547–569, the default of SEER*Stat.
 */
export const raisedRate = (
  { rate, variance, shares }: AgeAdjustedRate,
  method: RateIntervalMethod = 'tiwari',
): RaisedRate => {
  if (method === 'fay-feuer') {
    const most = shares.reduce((one, other) => Math.max(one, other), 0);
    return { rate: rate + most, variance: variance + most * most };
  }
  const mean = (power: number): number => shares.reduce((total, share) => total + share ** power, 0) / shares.length;
  return { rate: rate + mean(1), variance: variance + mean(2) };
};

/**
 * Limits of an age-adjusted rate by the gamma distribution, in the unit of the rate.
 *
 * Both methods have one lower limit: v/2R · χ²(α/2; 2R²/v), 0 without cases or where the variance is not known. The
 * upper one is the same of the raised rate and variance. Of one age group both are the exact Poisson limits.
 * @throws RangeError for a level outside 0 to 1
 */
export const rateInterval = (
  adjusted: AgeAdjustedRate,
  method: RateIntervalMethod = 'tiwari',
  level = 0.95,
): Interval => {
  const tail = (1 - level) / 2;
  return {
    lower: adjusted.variance === 0 ? 0 : gammaQuantile(tail, adjusted),
    upper: gammaQuantile(1 - tail, raisedRate(adjusted, method)),
  };
};

const gammaQuantile = (p: number, { rate, variance }: RaisedRate): number =>
  (variance / (2 * rate)) * chiSquaredQuantile(p, (2 * rate * rate) / variance);
