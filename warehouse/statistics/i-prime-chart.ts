import { controlPoint, type ChartOptions, type ControlPoint } from './control-chart.ts';
import { sum } from './mean.ts';
import { baselineOf, screened } from './moving-range.ts';

/** The average of one period and how many it is over; null is not known. */
export interface Averaged {
  readonly value: number | null;
  /** Units averaged, above 0; a period of 0 says nothing. */
  readonly n: number | null;
}

/** Steps of this many times the mean one are screened: 3.2665, as qicharts2's `ip` has it. */
const upperStep = 3.2665;

/**
 * I′ chart: averages of varying volume. Centre Σ n·value / Σ n; σ of a point s̄/√n, where s̄ is the mean of
 * √(π/2)·|step| / √(1/n₁ + 1/n₂) over neighbours. Taylor, Normalized Individuals (I_N) Chart (2017); qicharts2's `ip`, but that
 * the steps too come from the baseline only. With one volume throughout it is the individuals chart with 2/√π for 1.128.
 */
export const iPrimeChart = (periods: readonly Averaged[], options: ChartOptions = {}): ControlPoint[] => {
  const base = baselineOf(periods, options);
  const known = base.filter(isKnown);
  const whole = sum(known.map(({ n }) => n));
  const centre = whole === 0 ? null : sum(known.map(({ value, n }) => value * n)) / whole;
  const steps = base.flatMap((period, i) => {
    const before = i === 0 ? undefined : base[i - 1];
    if (before === undefined || !isKnown(period) || !isKnown(before)) return [];
    return (Math.sqrt(Math.PI / 2) * Math.abs(period.value - before.value)) / Math.sqrt(1 / period.n + 1 / before.n);
  });
  const unit = screened(steps, upperStep, options.screen ?? false);
  return periods.map(({ value, n }) => {
    const sigma = unit === null || n === null || n <= 0 ? null : unit / Math.sqrt(n);
    return controlPoint(n === null || n <= 0 ? null : value, centre, sigma);
  });
};

const isKnown = (period: Averaged): period is { readonly value: number; readonly n: number } =>
  period.value !== null && period.n !== null && period.n > 0;
