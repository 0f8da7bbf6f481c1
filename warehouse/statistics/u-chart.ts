import type { ChartOptions, ControlPoint } from './control-chart.ts';
import { countChart, type Counted } from './count-chart.ts';

const sigma = (centre: number, n: number): number => Math.sqrt(centre / n);
const bounds = { least: 0 };

/**
 * u chart of rates: σ = sqrt(ū/n), Poisson. Montgomery 7.3. `count` events over an exposure of `n` (records, days), one
 * row a period in the order of time; a unit may have several events.
 */
export const uChart = (periods: readonly Counted[], options: Pick<ChartOptions, 'baseline'> = {}): ControlPoint[] =>
  countChart(periods, { sigma, bounds, isPrime: false }, options);

/** u′ chart: Poisson σ times Laney's factor (`countChart`). */
export const uPrimeChart = (periods: readonly Counted[], options: ChartOptions = {}): ControlPoint[] =>
  countChart(periods, { sigma, bounds, isPrime: true }, options);
