import type { ChartOptions, ControlPoint } from './control-chart.ts';
import { mean } from './mean.ts';
import { baselineOf, movingRanges, upperMovingRange } from './moving-range.ts';

/**
 * Moving range chart (mR of XmR): the step from value to value, its mean, and an upper limit of 3.267 times that, the
 * lower 0; at 2 σ two thirds of it, as qicharts2 has it. The first point has no step. Montgomery 6.4. No screening.
 */
export const mrChart = (
  values: readonly (number | null)[],
  options: Pick<ChartOptions, 'baseline'> = {},
): ControlPoint[] => {
  const ranges = movingRanges(values);
  const centre = mean(baselineOf(ranges, options).filter((range) => range !== null));
  const upper = centre === null ? null : upperMovingRange * centre;
  const lower = centre === null ? null : 0;
  const upper2 = upper === null ? null : (upper * 2) / 3;
  return ranges.map((value) => ({ value, centre, sigma: null, lower, lower2: lower, upper2, upper }));
};
