import type { AgeAdjustedRate } from './age-adjusted-rate.ts';
import { fQuantile } from './f-distribution.ts';
import type { Interval } from './interval.ts';
import { raisedRate, type RaisedRate, type RateIntervalMethod } from './rate-interval.ts';

/**
 * One age-adjusted rate by another, both to one standard, with limits by the F distribution.
 *
 * Lower R₁/R₂⁺ · F(α/2; 2R₁²/v₁, 2R₂⁺²/v₂⁺), upper R₁⁺/R₂ · F(1 − α/2; 2R₁⁺²/v₁⁺, 2R₂²/v₂), ⁺ one case more; Fay, Commun
 * Stat Theory Methods 28 (1999) 2141–2160, with the raised rates of `method`. Of one age group each they are the exact
 * limits for two Poisson counts. Without cases in the first the ratio is 0 with a lower limit of 0; null without cases
 * in the second, where there is no ratio.
 * @throws RangeError for a level outside 0 to 1
 */
export const rateRatio = (
  first: AgeAdjustedRate,
  second: AgeAdjustedRate,
  method: RateIntervalMethod = 'tiwari',
  level = 0.95,
): ({ readonly ratio: number } & Interval) | null => {
  if (second.rate === 0) return null;
  const tail = (1 - level) / 2;
  const [more, other] = [raisedRate(first, method), raisedRate(second, method)];
  return {
    ratio: first.rate / second.rate,
    lower: first.variance === 0 ? 0 : ratioQuantile(tail, first, other),
    upper: second.variance === 0 ? Infinity : ratioQuantile(1 - tail, more, second),
  };
};

const ratioQuantile = (p: number, first: RaisedRate, second: RaisedRate): number =>
  (first.rate / second.rate) * fQuantile(p, degrees(first), degrees(second));

const degrees = ({ rate, variance }: RaisedRate): number => (2 * rate * rate) / variance;
