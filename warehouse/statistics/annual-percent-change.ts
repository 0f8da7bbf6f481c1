import { fTail } from './f-distribution.ts';
import type { Interval } from './interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** A year's rate; its standard error where years are to be weighted by it. */
export interface YearRate {
  readonly year: number;
  readonly rate: number;
  readonly standardError?: number;
}

/** How much a rate changes a year, as a share: −0.012 is 1.2 % less every year. */
export interface AnnualChange extends Interval {
  readonly change: number;
  /** Slope of ln rate by year, and its standard error. */
  readonly slope: number;
  readonly slopeError: number;
  readonly years: number;
  /** p of no change at all, two-sided. */
  readonly p: number;
}

/**
 * Annual percent change: a straight line through ln rate by calendar year, APC = e^b − 1, with limits by Student's t of
 * years − 2 degrees.
 *
 * `ols` weighs all years alike, SEER*Stat's default; `wls` by (rate/standard error)², the inverse variance of ln rate.
 * null of fewer than three years and where a rate is 0, which has no logarithm; with `wls` also where a standard error is
 * not known or 0.
 * @throws RangeError for a rate below 0, or a year that comes twice
 */
export const annualPercentChange = (
  rates: readonly YearRate[],
  method: 'ols' | 'wls' = 'ols',
  level = 0.95,
): AnnualChange | null => {
  if (rates.some(({ rate }) => !(rate >= 0))) throw new RangeError('annualPercentChange: rates must not be below 0');
  if (new Set(rates.map(({ year }) => year)).size < rates.length)
    throw new RangeError('annualPercentChange: each year once');
  const points = rates.map(({ year, rate, standardError = NaN }) => ({
    x: year,
    y: Math.log(rate),
    w: method === 'ols' ? 1 : (rate / standardError) ** 2,
  }));
  if (points.length < 3 || points.some(({ y, w }) => !Number.isFinite(y) || !(w > 0 && w < Infinity))) return null;
  const { slope, slopeError } = line(points);
  const reach = slopeError * studentTQuantile((1 + level) / 2, points.length - 2);
  const t = slope / slopeError;
  return {
    change: Math.expm1(slope),
    lower: Math.expm1(slope - reach),
    upper: Math.expm1(slope + reach),
    slope,
    slopeError,
    years: points.length,
    p: slopeError === 0 ? (slope === 0 ? 1 : 0) : fTail(t * t, 1, points.length - 2),
  };
};

interface Point {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

/** Weighted least squares; the variance of the residuals is taken from them. */
const line = (points: readonly Point[]): { readonly slope: number; readonly slopeError: number } => {
  const weight = points.reduce((sum, { w }) => sum + w, 0);
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + point.w * of(point), 0) / weight;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = mean((point) => (point.x - x) ** 2);
  const slope = mean((point) => (point.x - x) * (point.y - y)) / spread;
  const residual = mean((point) => (point.y - y - slope * (point.x - x)) ** 2);
  return { slope, slopeError: Math.sqrt(residual / (points.length - 2) / spread) };
};
