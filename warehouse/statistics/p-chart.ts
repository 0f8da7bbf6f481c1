import type { ChartOptions, ControlPoint } from './control-chart.ts';
import { countChart, type Counted } from './count-chart.ts';

const sigma = (centre: number, n: number): number => Math.sqrt((centre * (1 - centre)) / n);
const bounds = { least: 0, most: 1 };

/**
 * p chart of shares: σ = sqrt(p̄(1 − p̄)/n), binomial. Montgomery 7.2. `count` of `n` units, one row a period in the
 * order of time. Over thousands of units a period its limits are too narrow for almost anything: take p′ then.
 */
export const pChart = (periods: readonly Counted[], options: Pick<ChartOptions, 'baseline'> = {}): ControlPoint[] =>
  countChart(periods, { sigma, bounds, isPrime: false }, options);

/** p′ chart: binomial σ times Laney's factor (`countChart`). */
export const pPrimeChart = (periods: readonly Counted[], options: ChartOptions = {}): ControlPoint[] =>
  countChart(periods, { sigma, bounds, isPrime: true }, options);
