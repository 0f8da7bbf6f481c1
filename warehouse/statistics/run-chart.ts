import { controlPoint, type ChartOptions, type ControlPoint } from './control-chart.ts';
import { baselineOf } from './moving-range.ts';
import { median } from './quantile.ts';

/** Run chart: the values around their median, without limits; Perla, Provost & Murray, BMJ Qual Saf 20 (2011) 46–51. */
export const runChart = (
  values: readonly (number | null)[],
  options: Pick<ChartOptions, 'baseline'> = {},
): ControlPoint[] => {
  const centre = median(baselineOf(values, options).filter((value) => value !== null));
  return values.map((value) => controlPoint(value, centre, null));
};
