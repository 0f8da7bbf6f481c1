import { controlPoint, type ChartOptions, type ControlPoint } from './control-chart.ts';
import { mean } from './mean.ts';
import { averageMovingRange, baselineOf, meanMovingRange } from './moving-range.ts';

/**
 * How the mean moving range becomes σ. `qicharts2`: ÷ 1.128 (Montgomery 6.33), so 3 σ is 2.6596 times it. `nhs`: 3 σ is
 * 2.66 times it, as Wheeler rounds and *Making Data Count* takes it.
 */
export type MovingRangeSigma = 'qicharts2' | 'nhs';

/**
 * Individuals chart (X of XmR): mean of the values, limits from their mean moving range. Wheeler, Understanding
 * Variation (1993); Montgomery 6.4. One value per period in the order of time; null is not known, and parts the moving
 * ranges beside it.
 */
export const xmrChart = (
  values: readonly (number | null)[],
  options: ChartOptions & { readonly sigma?: MovingRangeSigma } = {},
): ControlPoint[] => {
  const base = baselineOf(values, options);
  const centre = mean(base.filter((value) => value !== null));
  const range = averageMovingRange(base, options.screen);
  const sigma = range === null ? null : options.sigma === 'nhs' ? (2.66 * range) / 3 : range / meanMovingRange;
  return values.map((value) => controlPoint(value, centre, sigma));
};
