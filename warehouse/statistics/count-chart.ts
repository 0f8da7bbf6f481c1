import type { Bounds, ChartOptions, ControlPoint } from './control-chart.ts';
import { controlPoint } from './control-chart.ts';
import { averageMovingRange, baselineOf, meanMovingRange } from './moving-range.ts';
import { sum } from './mean.ts';

/** A count and what it is a count out of, for one period; null is not known. n of 0 says nothing of the period. */
export interface Counted {
  readonly count: number | null;
  /** Units looked at (p), or the amount of exposure (u); 0 or more. */
  readonly n: number | null;
}

/** A chart of Σ count / Σ n whose points have a standard deviation known from their n alone. */
export interface CountChart {
  /** Standard deviation of a point of n, given the centre. */
  readonly sigma: (centre: number, n: number) => number;
  readonly bounds: Bounds;
  /** Laney's: σ is widened, or narrowed, by how much the points vary beyond it. */
  readonly isPrime: boolean;
}

/**
 * The points of a p, p′, u or u′ chart: centre Σ count / Σ n over the baseline, σ by `chart`.
 *
 * Laney's σ_z is the mean moving range of z = (value − centre)/σ over 1.128; Laney, Qual Eng 14 (2002) 531–537. It is
 * left at 1 where it cannot be told: a centre at its bound (nothing ever counted), or no two periods side by side.
 * @throws RangeError where a count or n is below 0, or a count of a chart of shares above its n
 */
export const countChart = (periods: readonly Counted[], chart: CountChart, options: ChartOptions): ControlPoint[] => {
  const most = chart.bounds.most ?? Infinity;
  if (
    periods.some(
      ({ count, n }) =>
        count !== null && n !== null && !(count >= 0 && n >= 0 && (most === Infinity || count <= most * n)),
    )
  ) {
    throw new RangeError('countChart: counts and n must be 0 or more, and the count of a share no more than its n');
  }
  const values = periods.map(valueOf);
  const known = baselineOf(periods, options).filter((period) => valueOf(period) !== null);
  const whole = sum(known.map(({ n }) => n!));
  const centre = whole === 0 ? null : sum(known.map(({ count }) => count!)) / whole;
  const sigmas = periods.map(({ n }) => (centre === null || n === null || n <= 0 ? null : chart.sigma(centre, n)));
  const factor = chart.isPrime && centre !== null ? laneyFactor(values, centre, sigmas, options) : 1;
  return values.map((value, i) => {
    const sigma = sigmas[i] ?? null;
    return controlPoint(value, centre, sigma === null ? null : sigma * factor, chart.bounds);
  });
};

const valueOf = ({ count, n }: Counted): number | null => (count === null || n === null || n <= 0 ? null : count / n);

const laneyFactor = (
  values: readonly (number | null)[],
  centre: number,
  sigmas: readonly (number | null)[],
  options: ChartOptions,
): number => {
  const scores = baselineOf(values, options).map((value, i) => {
    const sigma = sigmas[i] ?? null;
    return value === null || sigma === null || sigma === 0 ? null : (value - centre) / sigma;
  });
  const range = averageMovingRange(scores, options.screen);
  return range === null ? 1 : range / meanMovingRange;
};
