import type { Interval } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/** A survival curve as steps: entry i holds from `time[i]` until just before `time[i + 1]`. */
export interface SurvivalCurve {
  /** Subjects watched. */
  readonly n: number;
  /** How many of them had the event. */
  readonly events: number;
  /** Distinct times at which anything happened, ascending; may be negative. */
  readonly time: Float64Array;
  /** S(time[i]): share without the event after that time. */
  readonly survival: Float64Array;
  /** Subjects under watch just before time[i]. */
  readonly atRisk: Float64Array;
  /** Greenwood's sum Σ d / (r (r − d)) up to time[i]: variance of ln S. Infinite once S is 0. */
  readonly greenwood: Float64Array;
}

/** Scale the limits are symmetric on. R survfit's default is `log`; SEER's, and ours, is `log-log`. */
export type LimitScale = 'plain' | 'log' | 'log-log';

/**
 * Kaplan–Meier estimate; Kaplan & Meier, JASA 53 (1958) 457–481. The event comes before the censoring of the same time.
 *
 * `time` ascending and distinct, with the number of events and of censored subjects at each.
 */
export const kaplanMeier = (time: Float64Array, events: Float64Array, censored: Float64Array): SurvivalCurve => {
  const n = total(events) + total(censored);
  const survival = new Float64Array(time.length);
  const atRisk = new Float64Array(time.length);
  const greenwood = new Float64Array(time.length);
  let watched = n;
  let left = 1;
  let variance = 0;
  for (let i = 0; i < time.length; i++) {
    const died = events[i]!;
    atRisk[i] = watched;
    if (died > 0) {
      left *= (watched - died) / watched;
      variance += died / (watched * (watched - died));
    }
    survival[i] = left;
    greenwood[i] = variance;
    watched -= died + censored[i]!;
  }
  return { n, events: total(events), time, survival, atRisk, greenwood };
};

/** Whole numbers, so any order adds up the same. */
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Pointwise limits of S at entry i, at two-sided confidence `level`, cut at 0 and 1. Both are 1 before the first event;
 * NaN once S is 0, where the variance is not known. Greenwood 1926; log-log: Kalbfleisch & Prentice 1980, 1.13–1.16.
 */
export const limitsAt = (curve: SurvivalCurve, i: number, scale: LimitScale = 'log-log', level = 0.95): Interval =>
  limits(curve.survival[i]!, curve.greenwood[i]!, scale, normalQuantile((1 + level) / 2));

const limits = (s: number, greenwood: number, scale: LimitScale, z: number): Interval => {
  if (s === 1) return { lower: 1, upper: 1 };
  if (s === 0) return { lower: NaN, upper: NaN };
  const error = z * Math.sqrt(greenwood);
  if (scale === 'plain') return { lower: Math.max(0, s - s * error), upper: Math.min(1, s + s * error) };
  if (scale === 'log') return { lower: s * Math.exp(-error), upper: Math.min(1, s * Math.exp(error)) };
  const power = Math.exp(error / -Math.log(s));
  return { lower: s ** power, upper: s ** (1 / power) };
};

/**
 * Time by which a share p (0 < p < 1) has had the event: the smallest t with S(t) ≤ 1 − p. Where S is exactly 1 − p over
 * a flat piece, the middle of the piece, as R's `quantile.survfit` has it (tolerance 1.5e-8). null where the curve does
 * not come down that far; limits (of the curve's limits, Brookmeyer & Crowley 1982) likewise, each on its own.
 */
export const survivalQuantile = (
  curve: SurvivalCurve,
  p: number,
  scale: LimitScale = 'log-log',
  level = 0.95,
): { readonly value: number | null; readonly lower: number | null; readonly upper: number | null } => {
  const z = normalQuantile((1 + level) / 2);
  const { survival, greenwood } = curve;
  return {
    value: crossing(curve.time, (i) => survival[i]!, 1 - p),
    lower: crossing(curve.time, (i) => limits(survival[i]!, greenwood[i]!, scale, z).lower, 1 - p),
    upper: crossing(curve.time, (i) => limits(survival[i]!, greenwood[i]!, scale, z).upper, 1 - p),
  };
};

const tolerance = Math.sqrt(Number.EPSILON);

/** Where a falling step function reaches `level`; the middle of the piece on which it equals it. */
const crossing = (time: Float64Array, at: (i: number) => number, level: number): number | null => {
  let reached: number | null = null;
  for (let i = 0; i < time.length; i++) {
    const height = at(i);
    if (Number.isNaN(height)) return null;
    if (height < level - tolerance) return reached === null ? time[i]! : (reached + time[i]!) / 2;
    if (reached === null && height <= level + tolerance) reached = time[i]!;
  }
  return reached === null ? null : (reached + time[time.length - 1]!) / 2;
};

/**
 * S(t) with its limits. null beyond the last time seen while anybody is left: nothing is known there.
 */
export const survivalAt = (
  curve: SurvivalCurve,
  t: number,
  scale: LimitScale = 'log-log',
  level = 0.95,
): ({ readonly value: number } & Interval) | null => {
  const { time, survival } = curve;
  if (time.length === 0) return null;
  let below = 0;
  let above = time.length;
  while (below < above) {
    const middle = (below + above) >> 1;
    if (time[middle]! <= t) below = middle + 1;
    else above = middle;
  }
  if (below === 0) return { value: 1, lower: 1, upper: 1 };
  const i = below - 1;
  if (i === time.length - 1 && t > time[i]! && survival[i]! > 0) return null;
  return { value: survival[i]!, ...limitsAt(curve, i, scale, level) };
};
