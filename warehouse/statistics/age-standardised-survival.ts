import type { Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Survival of one age group, its standard error, and the share or number of the standard's cases of that age. */
export interface AgeSurvival {
  readonly value: number;
  readonly error: number;
  readonly weight: number;
}

/**
 * Survival as it would be among cases of a standard age structure, such as the International Cancer Survival Standards:
 * Σ w S, error √Σ w² SE², with weights brought to a sum of 1.
 *
 * Corazziari, Quinn & Capocaccia, Eur J Cancer 40 (2004) 2307–2316. Limits log(−log) while the value lies between 0 and 1,
 * else plain, cut at 0. null where the survival of a group with weight is not known (NaN): a standard without one of its
 * ages is another standard.
 * @throws RangeError for weights below 0, or none above it
 */
export const ageStandardisedSurvival = (
  groups: readonly AgeSurvival[],
  level = 0.95,
): ({ readonly value: number; readonly error: number } & Interval) | null => {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  if (groups.some(({ weight }) => !(weight >= 0)) || total === 0)
    throw new RangeError('ageStandardisedSurvival: weights must not be below 0, nor all 0');
  const counted = groups.filter(({ weight }) => weight > 0);
  if (counted.some(({ value, error }) => Number.isNaN(value) || Number.isNaN(error))) return null;
  const value = counted.reduce((sum, group) => sum + (group.weight / total) * group.value, 0);
  const error = Math.sqrt(counted.reduce((sum, group) => sum + ((group.weight / total) * group.error) ** 2, 0));
  const z = normalQuantile((1 + level) / 2);
  if (!(value > 0 && value < 1))
    return { value, error, lower: Math.max(0, value - z * error), upper: value + z * error };
  const power = Math.exp((z * error) / (value * -Math.log(value)));
  return { value, error, lower: value ** power, upper: value ** (1 / power) };
};
