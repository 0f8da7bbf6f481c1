import { sum } from './mean.ts';
import { overDispersion, type OverDispersion } from './over-dispersion.ts';

/** One provider, coder or facility: a count out of n; 0 ≤ count ≤ n. */
export interface FunnelInput {
  readonly count: number;
  readonly n: number;
}

/** Two-sided limits of 95 % and 99.8 % of a funnel at some n. */
export interface FunnelLimits {
  readonly lower95: number;
  readonly upper95: number;
  readonly lower998: number;
  readonly upper998: number;
}

export interface FunnelPoint {
  /** Share; null where n is 0. */
  readonly value: number | null;
  readonly n: number;
  /** Distance from the target on the arcsine scale, in standard errors, chance within alone; null where n is 0. */
  readonly z: number | null;
  /** Limits by chance within alone, and with what varies between as well; null where n is 0. */
  readonly plain: FunnelLimits | null;
  readonly adjusted: FunnelLimits | null;
}

export interface Funnel extends OverDispersion {
  /** Σ count / Σ n; null where every n is 0. */
  readonly target: number | null;
  /** In the order given. */
  readonly points: readonly FunnelPoint[];
}

/** 97.5 % and 99.9 % points of the normal distribution, as FunnelPlotR rounds them. */
const z95 = 1.959964;
const z998 = 3.090232;

/**
 * Funnel plot of shares on the arcsine scale: Y = asin √share with standard error 1/(2√n), limits back on the scale of
 * shares; Spiegelhalter, Stat Med 24 (2005) 1185–1202, over-dispersion as in `overDispersion`. FunnelPlotR 0.6.0, type PR.
 *
 * The centre is what all units together have, never a mean of shares.
 * @throws RangeError where a count is below 0 or above its n
 */
export const funnel = (units: readonly FunnelInput[], winsorise = 0.1): Funnel => {
  if (units.some(({ count, n }) => !(count >= 0 && count <= n))) {
    throw new RangeError('funnel: each count must lie between 0 and its n');
  }
  const whole = sum(units.map(({ n }) => n));
  if (whole === 0) {
    return { target: null, phi: null, tau2: 0, points: units.map(({ n }) => empty(n)) };
  }
  const target = sum(units.map(({ count }) => count)) / whole;
  const centre = angle(target);
  const scores = units.map(({ count, n }) => (n === 0 ? null : (angle(count / n) - centre) * 2 * Math.sqrt(n)));
  const known = units.flatMap(({ n }, i) => (scores[i] === null ? [] : [{ z: scores[i]!, error: errorOf(n) }]));
  const spread = overDispersion(known, winsorise);
  const points = units.map(({ count, n }, i) =>
    n === 0
      ? empty(n)
      : {
          value: count / n,
          n,
          z: scores[i]!,
          plain: funnelLimits(target, n),
          adjusted: funnelLimits(target, n, spread.tau2),
        },
  );
  return { target, ...spread, points };
};

const angle = (share: number): number => Math.asin(Math.sqrt(share));
const errorOf = (n: number): number => 1 / (2 * Math.sqrt(n));
const empty = (n: number): FunnelPoint => ({ value: null, n, z: null, plain: null, adjusted: null });

/**
 * The limits at any n > 0, for the lines of the plot. `tau2` is the variance between units on the arcsine scale; 0 for
 * plain limits. A limit that would leave the quarter circle is 0 or 1: beyond it the sine turns back.
 */
export const funnelLimits = (target: number, n: number, tau2 = 0): FunnelLimits => {
  const error = Math.sqrt(errorOf(n) ** 2 + tau2);
  const limit = (z: number): number => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle(target) + z * error))) ** 2;
  return { lower95: limit(-z95), upper95: limit(z95), lower998: limit(-z998), upper998: limit(z998) };
};

/** Whether a share lies outside its 99.8 % limits; on them is inside. */
export const isFunnelOutlier = ({ value }: FunnelPoint, limits: FunnelLimits | null): boolean =>
  value !== null && limits !== null && (value > limits.upper998 || value < limits.lower998);
