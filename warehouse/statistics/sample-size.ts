import { normalQuantile } from './normal-quantile.ts';

/** How well a share shall be known. */
export interface Precision {
  /** Half the width of the interval wanted, above 0: 0.05 for ± 5 points. */
  readonly halfWidth: number;
  /** The share that is expected; 0.5, which asks for most, where nothing is known of it. */
  readonly rate?: number;
  /** Two-sided confidence, 0–1; default 0.95. */
  readonly level?: number;
  /** How many there are to draw from, whole; left out: no end of them. */
  readonly population?: number;
}

/**
 * How many units to draw at random so that a share is known to ± `halfWidth`: n₀ = z² p(1 − p)/e², and
 * n = n₀ / (1 + (n₀ − 1)/N) of a population of N; Cochran, Sampling Techniques, 4.1 and 4.2. Rounded up, never above N.
 * @throws RangeError where the half width, rate, level or population is out of bounds
 */
export const sampleSize = ({ halfWidth, rate = 0.5, level = 0.95, population }: Precision): number => {
  if (!(halfWidth > 0 && halfWidth < 1)) throw new RangeError('sampleSize: half width must lie between 0 and 1');
  if (!(rate > 0 && rate < 1)) throw new RangeError('sampleSize: rate must lie between 0 and 1');
  if (!(level > 0 && level < 1)) throw new RangeError('sampleSize: level must lie between 0 and 1');
  const z = normalQuantile((1 + level) / 2);
  const endless = (z * z * rate * (1 - rate)) / (halfWidth * halfWidth);
  if (population === undefined) return roundUp(endless);
  if (!(Number.isInteger(population) && population >= 1)) {
    throw new RangeError('sampleSize: population must be a whole number above 0');
  }
  return Math.min(population, roundUp(endless / (1 + (endless - 1) / population)));
};

/** A whole number reached but for rounding is not taken for one more. */
const roundUp = (n: number): number => Math.max(1, Math.ceil(n - 1e-9));

/** What RAT-STATS asks for under "Attribute Sample Size Determination", in its own units. */
export interface RatStatsInput {
  readonly universe: number;
  /** Percent. */
  readonly anticipatedRateOfOccurrence: number;
  /** Percent, taken as the whole width of the interval, 10 being ± 5 points: customary, no source read confirms it. */
  readonly desiredPrecisionRange: number;
  /** Percent: 80, 90, 95 or 99. */
  readonly confidenceLevel: number;
}

/**
 * The same from the inputs of RAT-STATS (OIG). RAT-STATS itself searches the hypergeometric distribution, so that its
 * number may differ by a few.
 * @throws RangeError as `sampleSize`
 */
export const ratStatsSampleSize = (input: RatStatsInput): number =>
  sampleSize({
    halfWidth: input.desiredPrecisionRange / 200,
    rate: input.anticipatedRateOfOccurrence / 100,
    level: input.confidenceLevel / 100,
    population: input.universe,
  });
